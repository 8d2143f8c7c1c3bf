package org.regstream.service.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.regstream.core.RegstreamException;
import org.regstream.core.model.RegistrationModel;
import org.regstream.service.alert.ReceiptsReader;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.config.SettingRanges;
import org.regstream.service.line.AlertStates;
import org.regstream.service.line.Custody;
import org.regstream.service.line.ProcedureLine;
import org.regstream.service.line.RegistrationPool;
import org.regstream.service.metrics.PipelineGauges;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.procedure.ProcedureStore;

/**
 * What must be ready before the first frame is taken: the model with its golden check passed, the topics, every procedure on
 * the topic. Else a frame could be dead-lettered only because this instance was not ready. Then time is told to the lines.
 */
@ApplicationScoped
public class Startup {

    /** Channels start at priority 1000, the HTTP port opens after all: until then nothing is consumed and nothing answers. */
    static final int BEFORE_CHANNELS = 500;

    private static final Logger LOG = Logger.getLogger(Startup.class);
    private static final long TICK_MILLIS = 100;

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "ticker");
        thread.setDaemon(true);
        return thread;
    });

    void onStart(@Observes @Priority(BEFORE_CHANNELS) StartupEvent start, RegstreamSettings settings,
            Instance<RegistrationModel> model,
            Instance<ProcedureStore> store, Instance<ProcedureDesk> desk, Instance<AlertStates> states,
            Instance<ReceiptsReader> receipts, Instance<PipelineGauges> gauges, MeterRegistry registry) {
        try {
            SettingRanges.require(settings);
            open(store.get(), states.get(), receipts.get());
            begin(model.get(), desk.get());
            gauges.get().bindTo(registry);
        } catch (RuntimeException e) {
            LOG.fatalf("regstream cannot start: %s", reason(e));
            throw e;
        }
    }

    /** The procedures' store makes the topics. */
    private static void open(ProcedureStore store, AlertStates states, ReceiptsReader receipts) {
        store.open();
        states.open();
        receipts.start();
    }

    private void begin(RegistrationModel model, ProcedureDesk desk) {
        LOG.infof("%d procedures loaded; registering on %s", desk.procedures().size(), model.provider());
        ticker.scheduleWithFixedDelay(() -> desk.lines().forEach(Startup::tick), TICK_MILLIS, TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Our own message says what to do; the container and the libraries wrap it. */
    private static String reason(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof RegstreamException) {
                return t.getMessage();
            }
        }
        return failure.toString();
    }

    /** A bug in one line must not stop the clock of the others. */
    private static void tick(ProcedureLine line) {
        try {
            line.tick();
        } catch (RuntimeException e) {
            LOG.errorf(e, "procedure %s: tick failed", line.known().id());
        }
    }

    /** While the channels still are: no more frames, the work in hand to its end, and then the displays are told. */
    void onStop(@Observes @Priority(BEFORE_CHANNELS) ShutdownEvent stop, Custody custody,
            RegistrationPool registrations,
            Assessor assessor, ProcedureDesk desk) {
        custody.close();
        registrations.close();
        assessor.threads().close();
        ticker.shutdownNow();
        desk.lines().forEach(ProcedureLine::leave);
    }
}
