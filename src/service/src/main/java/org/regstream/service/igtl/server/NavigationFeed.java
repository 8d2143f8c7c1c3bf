package org.regstream.service.igtl.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertState;
import org.regstream.service.igtl.Status;
import org.regstream.service.igtl.Text;

/**
 * Results and alerts of all procedures as parcels. Calls return at once: nothing is encoded here. Thread-safe.
 *
 * <p>An overlay is withdrawn when its procedure says that it is stale, or that there is nothing valid to show of its volume or a newer one.
 */
public final class NavigationFeed {

    private static final Logger LOG = Logger.getLogger(NavigationFeed.class);
    private static final Set<AlertCode> WITHDRAWING = EnumSet.of(AlertCode.STALE, AlertCode.NO_VALID_REGISTRATION);
    private static final String NOBODY = "Status";

    /**
     * What receivers have on their screens.
     *
     * @param result      the newest
     * @param acquiredAt  of its volume, by the clock as it is now
     * @param isWithdrawn whether it was taken back
     */
    private record Display(NavigationResult result, Instant acquiredAt, boolean isWithdrawn) {

        /** Whether a result may take the place: that of a newer volume, or of the same one while it is still valid. */
        boolean gives(NavigationResult to) {
            Instant other = to.live().acquiredAt();
            return other.isAfter(acquiredAt) || !isWithdrawn && other.equals(acquiredAt);
        }
    }

    private final NavigationServer server;
    private final Optional<String> only;
    private final Function<Alert, String> json;
    private final Clock clock;
    /** Procedure id by tag: no two procedures may share device names. */
    private final Map<String, String> owners = new HashMap<>();
    private final Map<String, OpenConditions> conditions = new HashMap<>();
    /** By procedure. */
    private final Map<String, Display> displays = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    /** @param only the only procedure to be shown; empty for all
     *  @param json an alert as the topic has it, at most 65535 bytes */
    public NavigationFeed(NavigationServer server, Optional<String> only, Function<Alert, String> json, Clock clock) {
        this.server = server;
        this.only = only;
        this.json = json;
        this.clock = clock;
    }

    /** Beats with the server's heartbeat. */
    public void start() {
        server.onHeartbeat(this::beat);
    }

    /**
     * A result takes the place of the one before, unless its volume is older: an ensemble may come late. One that is too old when
     * it comes takes the place with nothing.
     */
    public synchronized void onResult(NavigationResult result) {
        String id = result.procedureId();
        Display before = displays.get(id);
        if (isShown(id) && (before == null || before.gives(result))) {
            boolean isTooOld = clock.instant().isAfter(result.validUntil());
            displays.put(id, new Display(result, result.live().acquiredAt(), isTooOld));
            if (isTooOld) {
                server.publish(ResultParcel.withdrawn(result, clock.instant()));
            } else {
                conditions(id).onResult(result);
                server.publish(ResultParcel.shown(result));
            }
            publishStatus(id);
        }
    }

    /** An alert is told, and what it says of the overlay is done. */
    public synchronized void onAlert(Alert alert) {
        String id = alert.procedureId();
        if (!isShown(id)) {
            return;
        }
        conditions(id).onAlert(alert);
        String key = "alert " + id + " " + OpenConditions.condition(alert);
        server.publish(Parcel.urgent(key, new Outgoing(Text.TYPE, DeviceNames.of(id).alert(), alert.at(),
                () -> new Text(json.apply(alert)), Map.of())));
        if (alert.state() == AlertState.INACTIVE) {
            server.forget(key::equals);
        } else if (alert.state() == AlertState.ACTIVE && WITHDRAWING.contains(alert.code())) {
            withdraw(id, alert.at());
        }
        publishStatus(id);
    }

    /** There is nothing valid to show of a volume: what is shown of it or an earlier one is withdrawn. */
    public synchronized void onNothingValid(String id, Instant acquiredAt, Instant at) {
        Display display = displays.get(id);
        if (isShown(id) && display != null && !display.acquiredAt().isAfter(acquiredAt)) {
            withdraw(id, at);
        }
    }

    /** The clock was set back: what comes now takes the place of what is shown, although it is dated earlier. */
    public synchronized void onClockSetBack(String id, Duration step) {
        displays.computeIfPresent(id, (same, display) -> new Display(display.result(),
                display.acquiredAt().minus(step), display.isWithdrawn()));
    }

    /** The procedure is over: its overlay is withdrawn, and its devices are silent from now on. */
    public synchronized void onEnd(String id) {
        withdraw(id, clock.instant());
        String tag = DeviceNames.of(id).tag();
        if (owners.remove(tag, id)) {
            conditions.remove(id);
            displays.remove(id);
            server.forget(key -> key.equals(ResultParcel.key(id)) || key.equals(statusKey(id))
                    || key.startsWith("alert " + id + " "));
        }
    }

    private void withdraw(String id, Instant at) {
        Display display = displays.get(id);
        if (display != null && !display.isWithdrawn()) {
            displays.put(id, new Display(display.result(), display.acquiredAt(), true));
            server.publish(ResultParcel.withdrawn(display.result(), at));
        }
    }

    private synchronized void beat() {
        owners.values().forEach(this::publishStatus);
        if (owners.isEmpty()) {
            server.publish(Parcel.urgent(NOBODY, Outgoing.of(NOBODY, clock.instant(),
                    new Status(Status.Code.NOT_READY, 0, "NO_PROCEDURE", "No procedure has a result yet."))));
        } else {
            server.forget(NOBODY::equals);
        }
    }

    private void publishStatus(String id) {
        server.publish(Parcel.urgent(statusKey(id),
                Outgoing.of(DeviceNames.of(id).status(), clock.instant(), conditions(id).status())));
    }

    private OpenConditions conditions(String id) {
        return conditions.computeIfAbsent(id, i -> new OpenConditions());
    }

    private static String statusKey(String id) {
        return "status " + id;
    }

    /** One procedure's labels under another's name would be the worst that could happen: the later one is not shown. */
    private boolean isShown(String id) {
        if (only.isPresent() && !only.get().equals(id)) {
            return false;
        }
        String owner = owners.computeIfAbsent(DeviceNames.of(id).tag(), t -> id);
        if (!owner.equals(id) && refused.add(id)) {
            LOG.warnf("procedure %s is not shown by OpenIGTLink: its device names would be those of procedure %s; "
                    + "give it another id", id, owner);
        }
        return owner.equals(id);
    }
}
