package org.regstream.tools.register;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regstream.core.ConfigurationException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.Assessed;
import org.regstream.core.pipeline.AssessmentOutcome;
import org.regstream.core.pipeline.AssessmentPipeline;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.pipeline.LiveImage;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationOutcome;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.pipeline.Rejected;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.LabelSource;
import org.regstream.core.procedure.Reference;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.transform.RegistrationTransform;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.dicom.read.GivenLabels;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.onnx.OnnxModel;
import org.regstream.tools.register.RegistrationReport.Figures;
import org.regstream.tools.register.RegistrationReport.Fitting;
import org.regstream.tools.register.RegistrationReport.Images;
import org.regstream.tools.register.RegistrationReport.InverseField;
import org.regstream.tools.register.RegistrationReport.Millis;
import org.regstream.tools.register.RegistrationReport.Model;
import org.regstream.tools.register.RegistrationReport.OfStructure;
import org.regstream.tools.register.RegistrationReport.Rejection;
import org.regstream.tools.register.RegistrationReport.Start;
import org.regstream.wire.PoseDocument;
import org.regstream.wire.ResultFiguresDocument;
import org.regstream.wire.Words;

/** Registers pairs of images through the same pipeline as live volumes, and measures what came of it. Thread-safe. */
final class OfflineRegistration {

    /** The moving side of a pair.
     *  @param atlasNlcc what chose it from an atlas bank */
    record Moving(MedicalImage image, GivenLabels given, Optional<Double> atlasNlcc) {}

    /** @param files empty if the registration was rejected
     *  @param dicom empty if it was rejected, or nobody asked for it */
    record Result(RegistrationReport report, Optional<WarpedImages> files, Optional<DicomResults> dicom) {}

    /**
     * What is asked for.
     *
     * @param labelSource  which labels are written
     * @param withOutline  whether the network's own outlines are written too
     * @param fitting      how fields are fitted; empty for none
     * @param dicomOut     how labels are written as DICOM; empty where no DICOM is to be written
     */
    record Wanted(LabelSource labelSource, boolean withOutline, Optional<Fitting> fitting,
            Optional<SegmentationType> dicomOut) {}

    private final OnnxModel model;
    private final RegistrationPipeline student;
    private final Optional<AssessmentPipeline> ensemble;
    private final Wanted wanted;

    /** @param ensemble   of the same package; its labels and uncertainty are written where it is given
     *  @param candidates what fields are chosen from */
    OfflineRegistration(OnnxModel model, Optional<OnnxModel> ensemble, Candidates candidates, Wanted wanted) {
        this.model = model;
        this.student = new RegistrationPipeline(model, candidates);
        this.ensemble = ensemble.map(e -> new AssessmentPipeline(e, candidates));
        this.wanted = wanted;
    }

    /**
     * @param alignment how to start; empty: of crops by patient coordinates if both are in one frame of reference, else by their
     *                  middles; of larger images by what they show
     * @param truth     the fixed image's own labels, to measure against
     * @throws ConfigurationException if patient coordinates are asked for and the images are in different frames of reference,
     *                                or the images say that they are of different sides of the patient
     */
    Result register(MedicalImage fixed, Moving moving, Optional<Alignment> alignment, Optional<GivenLabels> truth) {
        long start = System.nanoTime();
        Alignment chosen = alignment.orElseGet(() -> usual(fixed, moving.image()));
        requireSharedSpace(fixed, moving.image(), chosen);
        requireOneSide(fixed, moving.image());
        Reference reference = new Reference(moving.image().volume(), moving.given().labels(),
                moving.given().structures(), chosen, Optional.empty(), moving.image().frameOfReferenceUid())
                .withLabelSource(wanted.labelSource());
        student.requireCompatible(reference);
        Images names = new Images(fixed.name(), moving.image().name(), moving.atlasNlcc().orElse(null));
        RegistrationOutcome outcome = student.register(reference,
                new LiveImage(fixed.volume(), fixed.frameOfReferenceUid(), Optional.empty()));
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
        WarpedImages files = files(findings, reference, fixed.volume().grid());
        RegistrationReport report = report(findings, reference, fixed.volume(), names, truth, files, start);
        return new Result(report, Optional.of(files), dicom(findings, reference, fixed, moving.image()));
    }

    private Alignment usual(MedicalImage fixed, MedicalImage moving) {
        ModelGrid window = model.manifest().grid();
        if (!window.holds(fixed.volume().grid()) || !window.holds(moving.volume().grid())) {
            return Alignment.AUTOMATIC;
        }
        return fixed.sharesSpaceWith(moving) ? Alignment.FRAME_OF_REFERENCE : Alignment.CENTRES;
    }

    private Result rejected(Rejected rejected, Images names, long start) {
        return new Result(new RegistrationReport("rejected",
                new Rejection(rejected.reason().name(), rejected.explanation()),
                modelOf("student", model.manifest().digest()), names, null, null, null, null, null, null, null,
                List.of(),
                List.of(), new Millis(null, millisSince(start))), Optional.empty(), Optional.empty());
    }

    private Optional<DicomResults> dicom(Findings findings, Reference reference, MedicalImage fixed,
            MedicalImage moving) {
        return fixed.dicom().flatMap(origin -> wanted.dicomOut().map(type -> DicomResults.of(findings, origin,
                moving.dicom(), reference, model.manifest(), type)));
    }

    /** Image and labels are pulled from their own grids in one sampling: what lies beyond the fixed image can come into it. */
    private WarpedImages files(Findings findings, Reference reference, Grid fixed) {
        Grid overlaid = findings.placement().overlaid(reference.image().grid());
        DisplacementField u = findings.displacement();
        return new WarpedImages(findings.labels(),
                wanted.withOutline() ? Optional.of(findings.outline(model.manifest())) : Optional.empty(),
                Warp.linear(reference.image().filled().withGrid(overlaid), u, fixed, 0),
                Warp.nearest(reference.labels().withGrid(overlaid), u, fixed), transform(findings, fixed),
                findings.maps());
    }

    private static WarpedImages.Transform transform(Findings findings, Grid fixed) {
        RegistrationTransform both = new RegistrationTransform(findings.displacement(),
                findings.placement().movingWindow());
        return new WarpedImages.Transform(both.onto(fixed), both.inverse(), findings.placement().pose());
    }

    private RegistrationReport report(Findings findings, Reference reference, Volume fixed, Images names,
            Optional<GivenLabels> truth, WarpedImages files, long start) {
        Underlay before = Underlay.of(reference, findings.placement(), fixed);
        Optional<Agreement> agreement = truth.map(t -> new Agreement(before.labels(), findings.labels(),
                t.numberedAs(reference.structures()), channels(reference)));
        FieldQuality quality = findings.overlay().quality();
        Figures figures = new Figures(before.nlcc(fixed, before.image()), before.nlcc(fixed, files.warped()),
                quality.foldingFraction(), quality.sdLogJacobian(),
                agreement.map(Agreement::meanDiceBefore).orElse(null),
                agreement.map(Agreement::meanDiceAfter).orElse(null));
        ResultFiguresDocument told = ResultFiguresDocument.of(findings.figures());
        return new RegistrationReport("registered", null, modelOf(findings.network(), findings.digest()), names,
                startOf(findings, reference), told.labelSource(), told.field(), told.candidates(),
                wanted.fitting().orElse(null), figures, inverseOf(files), structures(reference, told, agreement),
                new Warnings(model.manifest().thresholds()).of(findings),
                new Millis(millis(findings.modelTime()), millisSince(start)));
    }

    private static InverseField inverseOf(WarpedImages files) {
        RegistrationTransform.Inverse inverse = files.transform().inverse();
        return new InverseField(inverse.meanMm(), inverse.maxMm(), inverse.withinWindow());
    }

    private static int channels(Reference reference) {
        return 1 + reference.structures().stream().mapToInt(Structure::label).max().orElseThrow();
    }

    private static List<OfStructure> structures(Reference reference, ResultFiguresDocument told,
            Optional<Agreement> agreement) {
        List<OfStructure> structures = new ArrayList<>();
        for (int n = 0; n < reference.structures().size(); n++) {
            Structure structure = reference.structures().get(n);
            ResultFiguresDocument.OfStructure s = told.structures().get(n);
            structures.add(new OfStructure(structure, s.labelSource(), s.volumeMm3(), s.referenceMm3(), s.coverage(),
                    s.meanEntropyNats(), s.expectedErrorMm(), s.verdict() == null ? null : s.verdict().predictedDice(),
                    s.verdict(), s.features(), agreement.map(a -> a.of(structure.label())).orElse(null)));
        }
        return structures;
    }

    private static void requireSharedSpace(MedicalImage fixed, MedicalImage moving, Alignment alignment) {
        boolean bothTell = fixed.frameOfReferenceUid().isPresent() && moving.frameOfReferenceUid().isPresent();
        if (alignment == Alignment.FRAME_OF_REFERENCE && bothTell && !fixed.sharesSpaceWith(moving)) {
            throw new ConfigurationException(fixed.name() + " and " + moving.name()
                    + " are in different frames of reference, so patient coordinates do not relate them;"
                    + " choose --align auto, or centre");
        }
    }

    private static void requireOneSide(MedicalImage fixed, MedicalImage moving) {
        if (fixed.side().contradicts(moving.side())) {
            throw new ConfigurationException(fixed.name() + " says that it shows the patient's "
                    + Words.of(fixed.side()) + " side and " + moving.name() + " the " + Words.of(moving.side())
                    + " side; register images of one side");
        }
    }

    private Model modelOf(String network, String digest) {
        ModelManifest m = model.manifest();
        return new Model(m.id(), m.version(), network, digest, model.provider(), model.providerReason());
    }

    private static Start startOf(Findings findings, Reference reference) {
        Vector3 t = findings.placement().translation();
        return new Start(wordOf(reference.alignment()), List.of(t.x(), t.y(), t.z()),
                PoseDocument.of(findings.placement()));
    }

    /** As {@code --align} has it. */
    private static String wordOf(Alignment alignment) {
        return switch (alignment) {
            case CENTRES -> "centre";
            case FRAME_OF_REFERENCE -> "world";
            case AUTOMATIC -> "auto";
        };
    }

    private static double millisSince(long start) {
        return millis(Duration.ofNanos(System.nanoTime() - start));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
