package org.regstream.service.wiring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.regstream.core.alert.AlertPace;
import org.regstream.core.alert.ReceiptRule;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.optimise.FittedPair;
import org.regstream.core.optimise.Similarity;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.ReadLimits;
import org.regstream.onnx.ModelPackage;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.onnx.ProviderChoice;
import org.regstream.service.channel.Intake;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.eventlog.EventLogs;
import org.regstream.service.eventlog.LogSettings;
import org.regstream.service.line.AlertServices;
import org.regstream.service.line.AlertStates;
import org.regstream.service.line.Custody;
import org.regstream.service.line.EventRecorder;
import org.regstream.service.line.HeldBytes;
import org.regstream.service.line.LineServices;
import org.regstream.service.line.LineThreads;
import org.regstream.service.line.Memory;
import org.regstream.service.line.PipelineMetrics;
import org.regstream.service.line.RegistrationPool;
import org.regstream.service.line.ResultListener;
import org.regstream.service.line.ResultListeners;
import org.regstream.service.line.ResultSink;
import org.regstream.service.line.ThreadRoots;
import org.regstream.service.metrics.MicrometerMetrics;
import org.regstream.service.metrics.MicrometerPageMetrics;
import org.regstream.service.page.PageFeed;
import org.regstream.service.page.PageSettings;
import org.regstream.service.procedure.LeftAlerts;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.procedure.ProcedureStore;
import org.regstream.service.publish.DicomResultEncoder;
import org.regstream.service.publish.EventFactory;
import org.regstream.service.publish.PageListener;
import org.regstream.tools.ToolsCli;

/** From frame to result: plain objects built from settings. */
final class PipelineProducers {

    private static final Logger LOG = Logger.getLogger(PipelineProducers.class);

    /** So many of the largest object must fit into the store: a volume makes up to seven, few of them large. */
    private static final long RESULTS_KEPT = 4;

    private static final long LARGEST_VOLUME_BYTES = Grid.MAX_VOXELS * Float.BYTES;

    private static final int EXIT_ON_ERROR = 70;

    /** Such as {@code 0.1.0}. */
    private static final String VERSION = ToolsCli.VERSION.substring(ToolsCli.VERSION.indexOf(' ') + 1);

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Verified once for all its graphs, or refuses the start with the reason. */
    @Produces
    @Singleton
    ModelPackage modelPackage(RegstreamSettings settings) {
        return ModelPackage.open(settings.model().folder());
    }

    /** Runs the package's golden pair, or refuses the start with the reason. */
    @Produces
    @Singleton
    RegistrationModel model(RegstreamSettings settings, ModelPackage opened) {
        OnnxModel model = OnnxModel.openStudent(opened, onnx(settings));
        LOG.infof("model %s version %s passed its golden check on provider %s (%s)", model.manifest().id(),
                model.manifest().version(), model.provider(), model.providerReason());
        return model;
    }

    private static OnnxSettings onnx(RegstreamSettings settings) {
        RegstreamSettings.ModelSettings m = settings.model();
        return new OnnxSettings(ProviderChoice.parse(m.provider()), m.threads(), m.timeLimit());
    }

    private static Candidates candidates(RegstreamSettings settings) {
        return Candidates.fitting(new FittedPair(Similarity.NLCC), settings.model().fitBudget());
    }

    void close(@Disposes RegistrationModel model) {
        model.close();
    }

    /** Likewise for the package's ensemble, if it has one. */
    @Produces
    @Singleton
    Assessor assessor(RegstreamSettings settings, ModelPackage opened, ThreadRoots roots) {
        Optional<RegistrationModel> ensemble = OnnxModel.openEnsemble(opened, besideTheStudent(onnx(settings)))
                .map(RegistrationModel.class::cast);
        ensemble.ifPresent(e -> LOG.infof("its ensemble of %d passed its golden check on provider %s", e.members(),
                e.provider()));
        return new Assessor(ensemble, candidates(settings),
                new RegistrationPool("assessment", settings.model().workers(), roots));
    }

    /** Half of the threads: the student's labels go out first, and must not wait for the ensemble of the volume before. */
    private static OnnxSettings besideTheStudent(OnnxSettings student) {
        int threads = student.threads() > 0 ? student.threads() : Runtime.getRuntime().availableProcessors();
        return student.withThreads(Math.max(1, threads / 2));
    }

    void close(@Disposes Assessor assessor) {
        assessor.close();
    }

    @Produces
    @Singleton
    Memory memory(RegstreamSettings settings) {
        RegstreamSettings.MemoryShares shares = settings.memory();
        return Memory.ofHeap(shares.procedures(), shares.uploads(), shares.frames());
    }

    @Produces
    @Singleton
    FrameReader reader(RegstreamSettings settings, Memory memory) {
        return new FrameReader(ReadLimits.LIVE.within(memory.frames()),
                settings.scanner().zone().orElseGet(ZoneId::systemDefault));
    }

    @Produces
    @Singleton
    PipelineMetrics metrics(MeterRegistry registry) {
        return new MicrometerMetrics(registry);
    }

    @Produces
    @Singleton
    Custody custody(RegstreamSettings settings, Memory memory) {
        return new Custody(new HeldBytes(heldBytes(settings, memory)), PipelineProducers::uptime);
    }

    private static long heldBytes(RegstreamSettings settings, Memory memory) {
        return Math.min(settings.assembly().maxHeldBytes().asLongValue(), memory.frames());
    }

    private static Duration uptime() {
        return Duration.ofNanos(System.nanoTime());
    }

    @Produces
    @Singleton
    RegistrationPool pool(RegstreamSettings settings, ThreadRoots roots) {
        return new RegistrationPool("registration", settings.model().workers(), roots);
    }

    void close(@Disposes RegistrationPool pool) {
        pool.close();
    }

    /** At once: what is left of a virtual machine without memory cannot be trusted to stop in order. */
    @Produces
    @Singleton
    ThreadRoots roots() {
        return new ThreadRoots(() -> Runtime.getRuntime().halt(EXIT_ON_ERROR));
    }

    @Produces
    @Singleton
    LineThreads lines(ThreadRoots roots) {
        return new LineThreads(roots);
    }

    void close(@Disposes LineThreads lines) {
        lines.close();
    }

    @Produces
    @Singleton
    RunId runId() {
        return new RunId(UUID.randomUUID().toString());
    }

    @Produces
    @Singleton
    EventFactory events(RegistrationModel model, RunId run, Clock clock) {
        return new EventFactory(model.manifest(), run.id(), clock);
    }

    @Produces
    @Singleton
    AlertServices alerts(RegstreamSettings settings, AlertStates states, RunId run, RegistrationModel model) {
        RegstreamSettings.Alerts a = settings.alerts();
        return new AlertServices(
                new AlertPace(a.repeatAfter(), a.minimumDuration(), a.maxRaises(), a.raiseWindow(), a.escalateAfter()),
                new ReceiptRule(settings.receipts().required(), settings.receipts().budget()), states, run.id(),
                model.provider());
    }

    /** Opened with the first line: a port that is taken refuses the start. */
    @Produces
    @Singleton
    Navigation navigation(RegstreamSettings settings, RegistrationModel model, MeterRegistry registry, Clock clock) {
        return Navigation.open(settings.navigation(), model.manifest(), registry, clock);
    }

    void close(@Disposes Navigation navigation) {
        navigation.close();
    }

    @Produces
    @Singleton
    PageFeed page(RegstreamSettings settings, RegistrationModel model, MeterRegistry registry, Clock clock) {
        RegstreamSettings.Page p = settings.page();
        PageFeed feed = new PageFeed(new PageSettings(p.maxClients(), p.heartbeat(), p.writeTimeout()),
                model.manifest(), new MicrometerPageMetrics(registry), clock);
        Gauge.builder("regstream.page.clients", feed, PageFeed::clients).register(registry);
        return feed;
    }

    void close(@Disposes PageFeed page) {
        page.close();
    }

    @Produces
    @Singleton
    PageListener pageListener(PageFeed page, RegistrationModel model) {
        return new PageListener(page, model.manifest());
    }

    /** Nobody, unless a folder is set. */
    @Produces
    @Singleton
    EventRecorder.Maker recorders(RegstreamSettings settings, Clock clock, ThreadRoots roots) {
        return settings.eventLog().folder().<EventRecorder.Maker>map(folder -> new EventLogs(
                new LogSettings(folder, settings.eventLog().maxBytes().asLongValue(), VERSION), clock, roots))
                .orElse(EventRecorder.Maker.NOBODY);
    }

    void close(@Disposes EventRecorder.Maker recorders) {
        if (recorders instanceof EventLogs logs) {
            logs.close();
        }
    }

    @Produces
    @Singleton
    LineServices services(RegstreamSettings settings, RegistrationModel model, Assessor assessor, ResultSink sink,
            Navigation navigation, @Any Instance<ResultListener> others, AlertServices alerts, Custody custody,
            PipelineMetrics metrics,
            LineThreads lines, RegistrationPool pool, Clock clock, EventRecorder.Maker recorders, Memory memory) {
        RegstreamSettings.Assembly a = settings.assembly();
        AssemblyPolicy assembly = AssemblyPolicy.DEFAULT.withTimeouts(a.idleTimeout(), a.openTimeout())
                .withLimits(a.maxFrames(), Math.min(heldBytes(settings, memory) / 2, LARGEST_VOLUME_BYTES));
        return new LineServices(assembly, new RegistrationPipeline(model, candidates(settings)),
                assessor.pipeline(), new DicomResultEncoder(model.manifest(), settings.segmentation().type()), sink,
                listener(navigation, others), alerts, custody, metrics,
                new LineServices.Threads(lines, pool, assessor.threads()), clock,
                PipelineProducers::uptime,
                settings.dicomweb().resultsBytes().asLongValue() / RESULTS_KEPT, recorders);
    }

    private static ResultListener listener(Navigation navigation, Instance<ResultListener> others) {
        return new ResultListeners(
                Stream.concat(Stream.of(navigation.listener()), others.stream()).toList());
    }

    @Produces
    @Singleton
    ProcedureDesk desk(LineServices services, RegstreamSettings settings, Memory memory) {
        return new ProcedureDesk(services, settings.procedures().capacity(), memory.procedures());
    }

    @Produces
    @Singleton
    LeftAlerts leftAlerts(LineServices services, ProcedureDesk desk, ProcedureStore store) {
        return new LeftAlerts(services, desk, store);
    }

    @Produces
    @Singleton
    Intake intake(FrameReader reader, ProcedureDesk desk, ProcedureStore store, Custody custody,
            PipelineMetrics metrics, Clock clock) {
        return new Intake(reader, desk, store, custody, metrics, clock);
    }
}
