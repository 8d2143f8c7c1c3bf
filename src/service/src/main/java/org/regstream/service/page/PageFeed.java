package org.regstream.service.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.regstream.core.Unattended;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertState;
import org.regstream.core.line.Network;
import org.regstream.core.line.NoRegistration;
import org.regstream.core.model.ModelManifest;
import org.regstream.wire.AlertEvent;

/**
 * What pages show of all procedures. A page that joins late is told what is shown and what is open. Calls return at once:
 * no picture is encoded here. Thread-safe.
 *
 * <p>Labels are withdrawn when their procedure says that they are stale, or that there is no valid registration of their volume or a
 * newer one. Nothing of an older volume is shown after that.
 */
public final class PageFeed implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PageFeed.class);

    /**
     * What is on the screens of one procedure.
     *
     * @param acquiredAt of the newest volume that pages were told of
     * @param isOver     whether nothing of that volume is shown any more
     * @param validUntil when it is too old to be shown
     * @param parcel     its result, or that there is none
     */
    private record Shown(Instant acquiredAt, boolean isOver, Instant validUntil, PageParcel parcel) {

        /** Whether a result may take the place: that of a newer volume, or of the same one while that is not over. */
        boolean gives(Instant other) {
            return other.isAfter(acquiredAt) || !isOver && other.equals(acquiredAt);
        }
    }

    /** One procedure as pages see it. */
    private static final class Scene {
        private final Map<String, PageParcel> openAlerts = new LinkedHashMap<>();
        private Optional<Shown> shown = Optional.empty();
    }

    private final PageSettings settings;
    private final ModelManifest manifest;
    private final PageMetrics metrics;
    private final Clock clock;
    private final Map<String, Scene> scenes = new HashMap<>();
    private final Set<PageClient> clients = ConcurrentHashMap.newKeySet();
    private final List<PageReceipts> watchers = new CopyOnWriteArrayList<>();
    /** Once it is closed, what is still to be told is let go. */
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread daemon = new Thread(work, "page-feed");
        daemon.setDaemon(true);
        return daemon;
    }, new ThreadPoolExecutor.DiscardPolicy());

    /** Beats until it is closed. @param manifest of the package in use: its limits are shown */
    public PageFeed(PageSettings settings, ModelManifest manifest, PageMetrics metrics, Clock clock) {
        this.settings = settings;
        this.manifest = manifest;
        this.metrics = metrics;
        this.clock = clock;
        long beat = settings.heartbeat().toMillis();
        thread.scheduleAtFixedRate(Unattended.of(this::beat), beat, beat, TimeUnit.MILLISECONDS);
    }

    /** @return empty if there are too many already; the caller ends the connection */
    public synchronized Optional<PageClient> join(String procedureId, PageWire wire) {
        if (clients.size() >= settings.maxClients()) {
            metrics.countRefused();
            LOG.warnf("a page is turned away: there are %d already (regstream.page.max-clients)", clients.size());
            return Optional.empty();
        }
        PageClient client = new PageClient(procedureId, wire, work -> thread.execute(Unattended.of(work)), metrics);
        clients.add(client);
        client.offer(heartbeat(procedureId));
        Scene scene = scenes.get(procedureId);
        if (scene != null) {
            scene.openAlerts.values().forEach(client::offer);
            scene.shown.ifPresent(shown -> client.offer(shown.parcel()));
        }
        return Optional.of(client);
    }

    /** Its connection has ended. */
    public void leave(PageClient client) {
        clients.remove(client);
        client.close("left");
    }

    /** @param receipts told of every receipt of a page from now on */
    public void watch(PageReceipts receipts) {
        watchers.add(receipts);
    }

    void onReceipt(PageReceipt receipt) {
        watchers.forEach(watcher -> watcher.onReceipt(receipt));
    }

    /** @return pages at present */
    public int clients() {
        return clients.size();
    }

    /**
     * A result takes the place of the one before, unless its volume is older: an ensemble may come late, then its figures alone are told. One that is too old when
     * it comes takes the place with nothing.
     */
    public synchronized void onResult(PageResult result) {
        Instant acquiredAt = result.live().acquiredAt();
        Scene scene = scene(result.procedureId());
        if (scene.shown.isPresent() && !scene.shown.get().gives(acquiredAt)) {
            tellFigures(result);
            return;
        }
        Instant now = clock.instant();
        boolean isTooOld = now.isAfter(result.validUntil());
        PageParcel parcel = isTooOld
                ? withdrawal(result.procedureId(), AlertCode.STALE.name(), "The result came too late to be shown.", now)
                : PageParcel.result(
                        () -> PageMessages.result(result, manifest.thresholds()));
        scene.shown = Optional.of(new Shown(acquiredAt, isTooOld, result.validUntil(), parcel));
        tell(result.procedureId(), parcel);
    }

    /** What the ensemble predicts of a volume is worth knowing also when a newer one is on the screen. A few words, at once: no page keeps the volume for them. */
    private void tellFigures(PageResult result) {
        if (result.source() == Network.ENSEMBLE) {
            byte[] figures = PageMessages.figures(result, manifest.thresholds());
            tell(result.procedureId(), PageParcel.urgent(PageParcel.FIGURES, () -> figures));
        }
    }

    /** An alert is told, and what it says of the overlay is done. */
    public synchronized void onAlert(Alert alert) {
        String id = alert.procedureId();
        Scene scene = scene(id);
        String key = "alert " + alert.code() + alert.structure().map(s -> " " + s).orElse("");
        PageParcel parcel = PageParcel.urgent(key, () -> PageMessages
                .alert(AlertEvent.of(alert, manifest).toJson()));
        tell(id, parcel);
        if (alert.state() == AlertState.INACTIVE) {
            scene.openAlerts.remove(key);
        } else {
            scene.openAlerts.put(key, parcel);
        }
        if (alert.state() == AlertState.ACTIVE && alert.code() == AlertCode.STALE) {
            withdrawStale(scene, alert);
        }
    }

    /** Pages see it for themselves; they are told in case their clocks deceive them. A result that came meanwhile is none of the alert's. */
    private void withdrawStale(Scene scene, Alert alert) {
        scene.shown.filter(shown -> alert.at().isAfter(shown.validUntil())).ifPresent(shown -> withdraw(
                alert.procedureId(), shown.acquiredAt(), true,
                withdrawal(alert.procedureId(), alert.code().name(), alert.sentence(), alert.at())));
    }

    /** There is nothing valid for a volume: what is shown of it or an earlier one is withdrawn. Sent again, it may be valid. */
    public synchronized void onNoRegistration(NoRegistration none) {
        String id = none.procedureId();
        Optional<Instant> newest = scene(id).shown.map(Shown::acquiredAt);
        if (newest.isEmpty() || !newest.get().isAfter(none.acquiredAt())) {
            withdraw(id, none.acquiredAt(), newest.filter(none.acquiredAt()::equals).isPresent(),
                    withdrawal(id, none.code().name(), none.reason(), none.at()));
        }
    }

    /** The clock was set back: what comes now takes the place of what is shown, although it is dated earlier. */
    public synchronized void onClockSetBack(String procedureId, Duration step) {
        Scene scene = scene(procedureId);
        scene.shown = scene.shown.map(shown -> new Shown(shown.acquiredAt().minus(step), shown.isOver(),
                shown.validUntil().minus(step), shown.parcel()));
    }

    /** The procedure is over, or another instance has it. */
    public synchronized void onEnd(String procedureId) {
        scenes.remove(procedureId);
        tell(procedureId, PageParcel.urgent(PageParcel.END, () -> PageMessages.end(procedureId)));
        tell(procedureId, withdrawal(procedureId, PageParcel.END, "", clock.instant()));
    }

    private Scene scene(String id) {
        return scenes.computeIfAbsent(id, i -> new Scene());
    }

    /** @param isOver whether nothing of that volume is shown any more */
    private void withdraw(String id, Instant acquiredAt, boolean isOver, PageParcel parcel) {
        scene(id).shown = Optional.of(new Shown(acquiredAt, isOver, acquiredAt, parcel));
        tell(id, parcel);
    }

    private static PageParcel withdrawal(String id, String code, String sentence, Instant at) {
        return PageParcel.urgent(PageParcel.OVERLAY, () -> PageMessages.withdrawn(id, code, sentence, at));
    }

    private PageParcel heartbeat(String id) {
        return PageParcel.heartbeat(() -> PageMessages.heartbeat(id, clock.instant()));
    }

    private void tell(String id, PageParcel parcel) {
        clients.stream().filter(client -> client.procedureId().equals(id)).forEach(client -> client.offer(parcel));
    }

    private void beat() {
        try {
            for (PageClient client : clients) {
                client.closeIfStuck(settings.writeTimeout());
                client.offer(heartbeat(client.procedureId()));
            }
        } catch (RuntimeException e) {
            // an exception would end the beat, and every page would say that the connection is lost
            LOG.error("pages got no sign of life", e);
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        clients.forEach(client -> client.close("the service stops"));
        thread.shutdown();
    }
}
