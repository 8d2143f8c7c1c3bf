package org.regstream.service.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.regstream.core.ConfigurationException;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.optimise.OptimisedField;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.AssessmentOutcome;
import org.regstream.core.pipeline.AssessmentPipeline;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationOutcome;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.pipeline.Rejected;
import org.regstream.core.pipeline.StructureFigures;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.FieldResample;
import org.regstream.core.warp.Warp;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.onnx.OnnxEnsemble;
import org.regstream.onnx.OnnxModel;
import org.regstream.service.cli.RegistrationReport.Figures;
import org.regstream.service.cli.RegistrationReport.Images;
import org.regstream.service.cli.RegistrationReport.Millis;
import org.regstream.service.cli.RegistrationReport.Model;
import org.regstream.service.cli.RegistrationReport.OfStructure;
import org.regstream.service.cli.RegistrationReport.PairFit;
import org.regstream.service.cli.RegistrationReport.Rejection;
import org.regstream.service.cli.RegistrationReport.Start;

/** Registers pairs of images through the same pipeline as live volumes, and measures what came of it. Thread-safe. */
final class OfflineRegistration {

    /** The moving side of a pair.
     *  @param atlasNlcc what chose it from an atlas bank */
    record Moving(MedicalImage image, LabelMap labels, Optional<Double> atlasNlcc) {}

    /** @param files empty if the registration was rejected
     *  @param dicom empty if it was rejected, or nobody asked for it */
    record Result(RegistrationReport report, Optional<WarpedImages> files, Optional<DicomResults> dicom) {

        Result(RegistrationReport report, Optional<WarpedImages> files) {
            this(report, files, Optional.empty());
        }

        Result with(Optional<DicomResults> results) {
            return new Result(report, files, results);
        }

        Result with(PairFit fit) {
            return new Result(report.with(fit), files, dicom);
        }
    }

    private final OnnxModel model;
    private final Optional<AssessmentPipeline> ensemble;
    private final Optional<Fitting> fitting;
    private final LabelFiles labelFiles;
    private final Optional<SegmentationType> dicomOut;

    /** @param ensemble of the same package; its labels and uncertainty are written where it is given
     *  @param fitting  whether and how fields are fitted to their pairs; not with an ensemble
     *  @param dicomOut how labels are written as DICOM; empty where no DICOM is to be written */
    OfflineRegistration(OnnxModel model, Optional<OnnxEnsemble> ensemble, Optional<Fitting> fitting,
            LabelFiles labelFiles, Optional<SegmentationType> dicomOut) {
        this.model = model;
        this.ensemble = ensemble.map(AssessmentPipeline::new);
        this.fitting = fitting;
        this.labelFiles = labelFiles;
        this.dicomOut = dicomOut;
    }

    /**
     * @param alignment how to start; empty: by patient coordinates if both images are in one frame of reference, else by
     *                  their middles
     * @param truth     the fixed image's own labels, to measure against
     * @throws ConfigurationException if the labels are not the model's, or patient coordinates are asked for and the images
     *                                are in different frames of reference
     */
    Result register(MedicalImage fixed, Moving moving, Optional<Alignment> alignment, Optional<LabelMap> truth) {
        long start = System.nanoTime();
        Alignment chosen = alignment.orElseGet(() -> fixed.sharesSpaceWith(moving.image())
                ? Alignment.FRAME_OF_REFERENCE
                : Alignment.CENTRES);
        requireSharedSpace(fixed, moving.image(), chosen);
        Reference reference = new Reference(moving.image().volume(), moving.labels(),
                labelFiles.structuresIn(moving.labels()), chosen, Optional.empty(),
                moving.image().frameOfReferenceUid());
        AtomicReference<OptimisedField> fitted = new AtomicReference<>();
        RegistrationPipeline pipeline = new RegistrationPipeline(
                fitting.<RegistrationModel>map(f -> f.over(model, fitted::set)).orElse(model));
        pipeline.requireCompatible(reference);
        Images names = new Images(fixed.name(), moving.image().name(), moving.atlasNlcc().orElse(null));
        RegistrationOutcome outcome = pipeline.register(reference, fixed.volume());
        if (outcome instanceof Rejected rejected) {
            return rejected(rejected, names, start);
        }
        Registered registered = (Registered) outcome;
        Optional<AssessmentOutcome> assessment = ensemble.map(e -> e.assess(registered));
        if (assessment.orElse(null) instanceof Rejected rejected) {
            return rejected(rejected, names, start);
        }
        Findings findings = assessment
                .map(a -> Findings.of((Assessed) a, model.manifest(), registered.modelTime()))
                .orElseGet(() -> Findings.of(registered, model.manifest()));
        return measured(findings, reference, fixed.volume(), names, truth, start)
                .with(dicom(findings, reference, fixed, moving.image()))
                .with(fitting.map(f -> f.report(fitted.get())).orElse(null));
    }

    private Result rejected(Rejected rejected, Images names, long start) {
        return new Result(new RegistrationReport("rejected",
                new Rejection(rejected.reason().name(), rejected.explanation()),
                modelOf("student", model.manifest().digest()), names, null, null, null, List.of(), List.of(),
                new Millis(null, millisSince(start))), Optional.empty());
    }

    private Optional<DicomResults> dicom(Findings findings, Reference reference, MedicalImage fixed,
            MedicalImage moving) {
        return fixed.dicom().flatMap(origin -> dicomOut.map(type -> DicomResults.of(findings, origin, moving.dicom(),
                reference, model.manifest(), type)));
    }

    private Result measured(Findings findings, Reference reference, Volume fixed, Images names,
            Optional<LabelMap> truth, long start) {
        Overlay overlay = Overlay.of(reference, findings.placement(), fixed.grid());
        DisplacementField u = FieldResample.onto(findings.displacement(), fixed.grid());
        Volume warped = Warp.linear(overlay.image(), u, 0);
        Optional<Agreement> agreement = truth
                .map(t -> new Agreement(overlay.labels(), findings.labels(), t, model.manifest().channels()));
        Figures figures = new Figures(overlay.nlcc(fixed, overlay.image()), overlay.nlcc(fixed, warped),
                findings.quality().foldingFraction(), findings.quality().sdLogJacobian(),
                agreement.map(Agreement::meanDiceBefore).orElse(null),
                agreement.map(Agreement::meanDiceAfter).orElse(null));
        return new Result(new RegistrationReport("registered", null, modelOf(findings.network(), findings.digest()),
                names, startOf(findings, reference), null, figures,
                findings.structures().stream().map(s -> structure(s, agreement)).toList(),
                new Warnings(model.manifest().thresholds()).of(findings),
                new Millis(millis(findings.modelTime()), millisSince(start))),
                Optional.of(new WarpedImages(findings.labels(), warped, Warp.nearest(overlay.labels(), u), u,
                        findings.maps())));
    }

    private static OfStructure structure(Findings.OfStructure found, Optional<Agreement> agreement) {
        StructureFigures s = found.figures();
        return new OfStructure(s.structure(), s.volumeMm3(), s.referenceMm3(), s.meanEntropyNats(),
                found.predictedDice().isPresent() ? found.predictedDice().getAsDouble() : null,
                found.summary().orElse(null), agreement.map(a -> a.of(s.structure().label())).orElse(null));
    }

    private static void requireSharedSpace(MedicalImage fixed, MedicalImage moving, Alignment alignment) {
        boolean bothTell = fixed.frameOfReferenceUid().isPresent() && moving.frameOfReferenceUid().isPresent();
        if (alignment == Alignment.FRAME_OF_REFERENCE && bothTell && !fixed.sharesSpaceWith(moving)) {
            throw new ConfigurationException(fixed.name() + " and " + moving.name()
                    + " are in different frames of reference, so patient coordinates do not relate them;"
                    + " choose --align centre");
        }
    }

    private Model modelOf(String network, String digest) {
        ModelManifest m = model.manifest();
        return new Model(m.id(), m.version(), network, digest, model.provider(), model.providerReason());
    }

    private static Start startOf(Findings findings, Reference reference) {
        Vector3 t = findings.placement().translation();
        return new Start(reference.alignment() == Alignment.CENTRES ? "centre" : "world",
                List.of(t.x(), t.y(), t.z()));
    }

    private static double millisSince(long start) {
        return millis(Duration.ofNanos(System.nanoTime() - start));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
