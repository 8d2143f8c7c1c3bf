package org.regstream.service.line;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.line.Effect.Look;
import org.regstream.core.line.EncodedResult;
import org.regstream.core.line.Event.Answer;
import org.regstream.core.line.Event.Answer.Found;
import org.regstream.core.line.Event.Answer.Nothing;
import org.regstream.core.line.Network;
import org.regstream.core.line.Token;
import org.regstream.core.pipeline.AssessmentOutcome;
import org.regstream.core.pipeline.LiveImage;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationOutcome;
import org.regstream.core.pipeline.Rejected;
import org.regstream.core.pipeline.Seen;
import org.regstream.core.volume.PixelDigest;
import org.regstream.dicom.DicomObject;

/** Asks the networks for one procedure. Thread-safe. */
final class Looker {

    private static final Logger LOG = Logger.getLogger(Looker.class);

    private final KnownProcedure known;
    private final LineServices services;

    Looker(KnownProcedure known, LineServices services) {
        this.known = known;
        this.services = services;
    }

    /** A bug must not end the procedure: it fails this volume, aloud. */
    Answer look(Look<HeldFrame> look) {
        try {
            return look.network() == Network.STUDENT ? register(look) : assess(look);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            LOG.errorf(e, "procedure %s: the %s's look at volume %s failed", known.id(), look.network().word(),
                    look.live().volume().volumeId());
            return new Nothing(AlertCode.NO_VALID_REGISTRATION, "internal-fault",
                    "The registration failed inside the service; its log says where.");
        }
    }

    private Answer register(Look<HeldFrame> look) {
        Complete<HeldFrame> live = look.live();
        List<DicomObject> headers = HeldFrame.headers(live.tokens());
        Optional<String> wrongPatient = known.patientFault(headers);
        if (wrongPatient.isPresent()) {
            return new Nothing(AlertCode.WRONG_GEOMETRY, "patient", wrongPatient.get());
        }
        Optional<String> wrongSide = known.sideFault(headers);
        if (wrongSide.isPresent()) {
            return new Nothing(AlertCode.WRONG_GEOMETRY, "laterality", wrongSide.get());
        }
        metrics().recordStage(Stage.WAIT, services.since(Token.lastSentAt(live.tokens())));
        long start = System.nanoTime();
        RegistrationOutcome outcome = services.pipeline().register(known.procedure().reference(), new LiveImage(
                live.volume().volume(), Optional.of(live.volume().frameOfReferenceUid()), look.last()));
        metrics().recordStage(Stage.REGISTER, Duration.ofNanos(System.nanoTime() - start));
        return outcome instanceof Rejected rejected
                ? nothing(rejected)
                : found(live, Network.STUDENT, (Registered) outcome, Stage.MODEL, Stage.ENCODE);
    }

    private Answer assess(Look<HeldFrame> look) {
        Registered student = (Registered) look.student().orElseThrow();
        long start = System.nanoTime();
        AssessmentOutcome outcome = services.assessment().orElseThrow().assess(student);
        metrics().recordStage(Stage.ASSESS, Duration.ofNanos(System.nanoTime() - start));
        return outcome instanceof Rejected rejected
                ? nothing(rejected)
                : found(look.live(), Network.ENSEMBLE, (Seen) outcome, Stage.ENSEMBLE, Stage.ENCODE_ASSESSMENT);
    }

    private Answer found(Complete<HeldFrame> live, Network network, Seen seen, Stage model, Stage encode) {
        metrics().recordStage(model, seen.modelTime());
        long start = System.nanoTime();
        EncodedResult objects = services.encoder().encode(known, live, network, seen);
        metrics().recordStage(encode, Duration.ofNanos(System.nanoTime() - start));
        return new Found(seen, objects, network == Network.STUDENT
                ? Optional.of(PixelDigest.of(live.volume().volume()))
                : Optional.empty());
    }

    private static Answer nothing(Rejected rejected) {
        return new Nothing(AlertCode.NO_VALID_REGISTRATION, rejected.reason().name(), rejected.explanation());
    }

    private PipelineMetrics metrics() {
        return services.metrics();
    }
}
