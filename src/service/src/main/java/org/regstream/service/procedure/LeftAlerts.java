package org.regstream.service.procedure;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertMemory;
import org.regstream.core.alert.AlertPolicy;
import org.regstream.core.alert.AlertSettings;
import org.regstream.core.line.StoredAlerts;
import org.regstream.service.line.AlertServices;
import org.regstream.service.line.LineServices;

/**
 * Ends what is left of the alerts of procedures that are over: whoever told of them was killed before it could. Any instance does it; where two do, an end is told twice.
 * Thread-safe.
 */
public final class LeftAlerts {

    private static final Logger LOG = Logger.getLogger(LeftAlerts.class);

    private final LineServices services;
    private final ProcedureDesk desk;
    private final ProcedureStore store;
    private final Set<String> ending = ConcurrentHashMap.newKeySet();

    public LeftAlerts(LineServices services, ProcedureDesk desk, ProcedureStore store) {
        this.services = services;
        this.desk = desk;
        this.store = store;
    }

    /** To be called a few times a second. */
    public void tick() {
        services.alerts().states().left().stream().filter(this::isOver).filter(ending::add)
                .forEach(id -> end(id).whenComplete((done, failure) -> {
                    ending.remove(id);
                    if (failure != null) {
                        LOG.warnf("the alerts of procedure %s, which is over, are not ended yet: %s", id, failure);
                    }
                }));
    }

    /** Not before this instance knows all procedures: it may be behind with one that has just begun. */
    private CompletionStage<Void> end(String id) {
        return store.catchUp().thenCompose(
                current -> isOver(id) ? tellEnd(id) : CompletableFuture.completedStage(null));
    }

    private boolean isOver(String id) {
        return desk.line(id).isEmpty();
    }

    /** What is kept goes last: until then a successor could end them. */
    private CompletionStage<Void> tellEnd(String id) {
        LOG.infof("procedure %s is over: what is left of its alerts is ended", id);
        CompletionStage<Void> told = CompletableFuture.completedStage(null);
        for (Alert alert : ends(id, services.alerts().states().newest(id), services.clock().instant())) {
            told = told.thenCompose(before -> services.sink().publish(alert));
        }
        return told.thenCompose(all -> services.alerts().states().delete(id));
    }

    private List<Alert> ends(String id, StoredAlerts left, Instant now) {
        AlertServices alerts = services.alerts();
        AlertMemory memory = left.memory().takenOver(now);
        return new AlertPolicy(id, List.of(), services.pipeline().manifest().thresholds(), AlertSettings
                .withAgeBudget(StoredAlerts.LEASE).with(alerts.pace(), alerts.receipts()), memory).onEnd(now);
    }
}
