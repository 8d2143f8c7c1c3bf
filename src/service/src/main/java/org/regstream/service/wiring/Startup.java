package org.regstream.service.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.regstream.core.RegstreamException;
import org.regstream.core.model.RegistrationModel;
import org.regstream.service.access.AccessMode;
import org.regstream.service.access.Accounts;
import org.regstream.service.alert.ReceiptsReader;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.config.SettingRanges;
import org.regstream.service.line.AlertStates;
import org.regstream.service.line.Custody;
import org.regstream.service.line.ProcedureLine;
import org.regstream.service.line.RegistrationPool;
import org.regstream.service.line.ThreadRoots;
import org.regstream.service.metrics.PipelineGauges;
import org.regstream.service.procedure.LeftAlerts;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.procedure.ProcedureStore;

/**
 * What must be ready before the first frame is taken: the model with its golden check passed, the topics, every procedure on
 * the topic. Else a frame could be dead-lettered only because this instance was not ready. Once the channels are there, time is told to the lines.
 */
@ApplicationScoped
public class Startup {

    /** Channels start at priority 1000, the HTTP port opens after all: until then nothing is consumed and nothing answers. */
    static final int BEFORE_CHANNELS = 500;
    static final int AFTER_CHANNELS = 1500;

    private static final Logger LOG = Logger.getLogger(Startup.class);
    private static final long TICK_MILLIS = 100;
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(2);

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "ticker");
        thread.setDaemon(true);
        return thread;
    });

    void onStart(@Observes @Priority(BEFORE_CHANNELS) StartupEvent start, RegstreamSettings settings,
            Instance<AccessMode> access, Instance<Accounts> accounts, Instance<RegistrationModel> model,
            Instance<ProcedureStore> store, Instance<ProcedureDesk> desk, Instance<AlertStates> states,
            Instance<ReceiptsReader> receipts, Instance<PipelineGauges> gauges, MeterRegistry registry,
            ThreadRoots roots) {
        Thread.setDefaultUncaughtExceptionHandler(roots);
        try {
            SettingRanges.require(settings);
            tell(access.get(), accounts.get());
            open(store.get(), states.get(), receipts.get());
            LOG.infof("%d procedures loaded; registering on %s", desk.get().procedures().size(),
                    model.get().provider());
            gauges.get().bindTo(registry);
        } catch (RuntimeException e) {
            throw refusal(e);
        }
    }

    /** Before anything is opened: what an operator must not overlook. */
    private static void tell(AccessMode access, Accounts accounts) {
        Config config = ConfigProvider.getConfig();
        if (access == AccessMode.INSECURE) {
            LOG.warn(access.sentence());
        } else if (!AccessMode.isLoopback(config) && !AccessMode.isEncrypted(config)) {
            LOG.warnf(
                    "%s, but what they send is not encrypted here: name a certificate with --tls, unless a proxy in front does it",
                    access.sentence());
        } else {
            LOG.infof("%s%s", access.sentence(), accounts.isPresent() ? " (users' file)" : "");
        }
    }

    /** The procedures' store makes the topics. */
    private static void open(ProcedureStore store, AlertStates states, ReceiptsReader receipts) {
        store.open();
        states.open();
        receipts.start();
    }

    /** Lines tell of alerts and heartbeats as time passes, which needs the outgoing channels. */
    void onChannels(@Observes @Priority(AFTER_CHANNELS) StartupEvent start, ProcedureDesk desk, LeftAlerts left,
            ThreadRoots roots) {
        ticker.scheduleWithFixedDelay(roots.guard("ticker", () -> {
            desk.lines().forEach(ProcedureLine::tick);
            left.tick();
        }), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Our own message says what to do, and the container and the libraries wrap it: Quarkus logs it alone. A bug keeps its trace. */
    private static RuntimeException refusal(RuntimeException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof RegstreamException) {
                return new ConfigurationException("regstream cannot start: " + t.getMessage());
            }
        }
        return failure;
    }

    /** While the channels still are: no more frames, the work in hand to its end, and then the displays are told. */
    void onStop(@Observes @Priority(BEFORE_CHANNELS) ShutdownEvent stop, Custody custody,
            RegistrationPool registrations,
            Assessor assessor, ProcedureDesk desk) {
        custody.close();
        registrations.close();
        assessor.threads().close();
        ticker.shutdownNow();
        CompletableFuture<?>[] left = desk.lines().stream().map(line -> line.leave().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(left).completeOnTimeout(null, LEAVE_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
