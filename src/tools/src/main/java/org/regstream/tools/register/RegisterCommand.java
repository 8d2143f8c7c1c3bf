package org.regstream.tools.register;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.RegstreamException;
import org.regstream.core.optimise.FittedPair;
import org.regstream.core.optimise.Similarity;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.LabelSource;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.onnx.ModelPackage;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.onnx.ProviderChoice;
import org.regstream.tools.register.RegistrationReport.Fitting;
import org.regstream.wire.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code register}: files in, files out. Exit code 0 if every image was registered, 1 if one was not, 2 for bad usage. */
@Command(name = "register", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Registers a labelled moving image to a fixed one, without a broker.",
        "Writes to --out, on the fixed image's grid:",
        "  labels                  the moving image's labels, carried along the field",
        "  warped, warped_labels   the moving image and its labels, pulled along",
        "  outline                 with --outline: the network's own, a second opinion",
        "  displacement            to the moving image, pose included; LPS mm, as ITK has it",
        "  uncertainty             the map to look at: label_entropy",
        "  expected_error          of the place that labels were carried to, mm",
        "  label_entropy           of the carried soft labels, nats",
        "  displacement_spread     of the ensemble's members, mm; does not rank errors",
        "Beside them inverse-displacement (on the moving image), pose.tfm (ITK) and pose-ras.txt (4 x 4)",
        "and report.json. Maps are NaN where the network did not look."}, footer = {
                "", "An image is a NIfTI file or a folder with the DICOM instances of one volume;"
                        + " labels are NIfTI or a DICOM Segmentation.",
                "A folder of NIfTI images as --fixed runs as a batch, each into a folder of its own."})
public final class RegisterCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--model", paramLabel = "DIR", description = "model package (default: models/hippocampus)")
    Path model = Path.of(System.getProperty("regstream.home", ""), "models", "hippocampus");

    @Option(names = "--fixed", required = true, paramLabel = "IMAGE", description = "image to bring the labels to")
    Path fixed;

    @ArgGroup(multiplicity = "1")
    Source source;

    @Option(names = "--fixed-labels", paramLabel = "LABELS", description = "the fixed image's own labels, to measure against;"
            + " a folder with the same file names in a batch")
    Path fixedLabels;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where files go; made if missing")
    Path out;

    @Option(names = "--dicom-out", description = {
            "also write labels.dcm (Segmentation), uncertainty.dcm (Parametric Map), displacement.dcm "
                    + "(Deformable Spatial Registration) and pose.dcm (Spatial Registration) into the study of --fixed, which must be a DICOM series"})
    boolean dicomOut;

    @Option(names = "--segmentation", paramLabel = "TYPE", converter = SegmentationConverter.class, description = {
            "with --dicom-out, labels.dcm as binary (every reader knows it) or labelmap (compact, "
                    + "a class of 2024) (default: binary)"})
    SegmentationType segmentation;

    @Option(names = "--align", paramLabel = "HOW", converter = AlignConverter.class, description = {
            "auto: by what the images show, from any pose; world: by patient coordinates; centre: middle on middle "
                    + "(default: auto; of crops no larger than the network's window world if both are DICOM in one "
                    + "frame of reference, else centre; of an atlas bank centre)"})
    Alignment align;

    @Option(names = "--student-only", description = {
            "the package's single network, without its ensemble: faster; no predicted Dice"})
    boolean studentOnly;

    @Option(names = "--refine", arity = "0..1", paramLabel = "SIMILARITY", fallbackValue = "nlcc", converter = SimilarityConverter.class, description = {
            "choose from the alignment, the network's field and that field fitted to the pair, by nlcc "
                    + "(images of one contrast) or mind (any) (default: likewise by nlcc, but fitted from nothing "
                    + "where the alignment suits better than the network's field)"})
    Similarity refine;

    @Option(names = "--no-network", arity = "0..1", paramLabel = "SIMILARITY", fallbackValue = "nlcc", converter = SimilarityConverter.class, description = {
            "choose from the alignment and a field fitted to the pair from nothing, by nlcc or mind"})
    Similarity noNetwork;

    @Option(names = "--fit-budget", paramLabel = "SECONDS", description = {
            "most time of a fit, 0 to 3600; 0: nothing is fitted, the alignment or the network's field "
                    + "is taken (default: 300, far more than they need: results do not depend on the machine)"})
    double fitBudget = 300;

    @Option(names = "--label-source", paramLabel = "SOURCE", converter = LabelSourceConverter.class, description = {
            "carried: the given labels; refined: put together with the network's outline where it knows the structure, for "
                    + "atlases (default: carried)"})
    LabelSource labelSource = LabelSource.CARRIED;

    @Option(names = "--outline", description = "also write the network's own outlines of the fixed image")
    boolean outline;

    @Option(names = "--provider", paramLabel = "NAME", converter = ProviderConverter.class, description = "cpu, cuda or auto (default: cpu)")
    ProviderChoice provider = ProviderChoice.CPU;

    @Option(names = "--threads", paramLabel = "N", description = "threads of the network, 0 to 1024 (default: 0, one a core)")
    int threads;

    /** Where the moving image comes from. */
    static final class Source {
        @ArgGroup(exclusive = false)
        Pair pair;

        @Option(names = "--atlas-bank", required = true, paramLabel = "DIR", description = {
                "labelled images (images/ and labels/, or NAME.nii.gz and "
                        + "NAME_labels.nii.gz): the one with the highest NLCC is moving"})
        Path atlasBank;
    }

    static final class Pair {
        @Option(names = "--moving", required = true, paramLabel = "IMAGE", description = "image that has labels")
        Path moving;

        @Option(names = "--moving-labels", required = true, paramLabel = "LABELS", description = "labels of the moving image")
        Path movingLabels;
    }

    static final class AlignConverter implements ITypeConverter<Alignment> {
        @Override
        public Alignment convert(String text) {
            switch (text) {
                case "centre" :
                    return Alignment.CENTRES;
                case "world" :
                    return Alignment.FRAME_OF_REFERENCE;
                case "auto" :
                    return Alignment.AUTOMATIC;
                default :
                    throw new TypeConversionException("expected centre, world or auto, got " + text);
            }
        }
    }

    static final class SimilarityConverter implements ITypeConverter<Similarity> {
        @Override
        public Similarity convert(String text) {
            switch (text) {
                case "nlcc" :
                    return Similarity.NLCC;
                case "mind" :
                    return Similarity.MIND;
                default :
                    throw new TypeConversionException("expected nlcc or mind, got " + text);
            }
        }
    }

    static final class LabelSourceConverter implements ITypeConverter<LabelSource> {
        @Override
        public LabelSource convert(String text) {
            switch (text) {
                case "carried" :
                    return LabelSource.CARRIED;
                case "refined" :
                    return LabelSource.REFINED;
                default :
                    throw new TypeConversionException("expected carried or refined, got " + text);
            }
        }
    }

    static final class SegmentationConverter implements ITypeConverter<SegmentationType> {
        @Override
        public SegmentationType convert(String text) {
            switch (text) {
                case "binary" :
                    return SegmentationType.BINARY;
                case "labelmap" :
                    return SegmentationType.LABELMAP;
                default :
                    throw new TypeConversionException("expected binary or labelmap, got " + text);
            }
        }
    }

    static final class ProviderConverter implements ITypeConverter<ProviderChoice> {
        @Override
        public ProviderChoice convert(String text) {
            try {
                return ProviderChoice.parse(text);
            } catch (ConfigurationException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    @Override
    public Integer call() {
        requireSensible();
        OnnxSettings settings = new OnnxSettings(provider, threads, Duration.ofMinutes(10));
        try {
            inputs().forEach(ImageFiles::requirePresent);
            return call(ModelPackage.open(model), settings);
        } catch (RegstreamException | UncheckedIOException | IllegalArgumentException e) {
            console().failure(e);
            return 1;
        }
    }

    private int call(ModelPackage opened, OnnxSettings settings) {
        try (OnnxModel network = OnnxModel.openStudent(opened, settings);
                OnnxModel ensemble = ensemble(opened, settings)) {
            console().line("model %s %s on %s (%s)", network.manifest().id(), network.manifest().version(),
                    network.provider(),
                    network.providerReason());
            return run(network, Optional.ofNullable(ensemble));
        }
    }

    /** @return null if the package has none or nobody asked for it; a resource may be null */
    private OnnxModel ensemble(ModelPackage opened, OnnxSettings settings) {
        return studentOnly ? null : OnnxModel.openEnsemble(opened, settings).orElse(null);
    }

    private void requireSensible() {
        require(source.atlasBank == null || align != Alignment.FRAME_OF_REFERENCE,
                "atlases are other people, in other spaces: --atlas-bank goes with --align centre");
        require(!dicomOut || ImageFiles.mayBeDicom(fixed),
                "--dicom-out takes patient, study and space over from a DICOM series, but --fixed is no folder of one; "
                        + "give that folder, or leave --dicom-out out");
        require(refine == null || noNetwork == null,
                "--refine starts from the network's field and --no-network from nothing; choose one");
        require(fitBudget >= 0 && fitBudget <= 3600, "--fit-budget must lie in 0 to 3600 s, got " + fitBudget);
        require(fitBudget > 0 || refine == null && noNetwork == null,
                "--refine and --no-network fit a field, which takes time; leave --fit-budget out");
        require(segmentation == null || dicomOut, "--segmentation says how --dicom-out writes labels; give both");
        require(threads >= 0 && threads <= 1024, "--threads must lie in 0 to 1024, got " + threads);
        inputs().forEach(input -> require(!new OutputFolder(out).wouldRemove(input),
                input + " would be overwritten; choose another --out"));
    }

    private Stream<Path> inputs() {
        Optional<Pair> pair = Optional.ofNullable(source.pair);
        return Stream.of(fixed, fixedLabels, source.atlasBank, pair.map(p -> p.moving).orElse(null),
                pair.map(p -> p.movingLabels).orElse(null)).filter(Objects::nonNull);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private int run(OnnxModel network, Optional<OnnxModel> ensemble) {
        LabelFiles labelFiles = new LabelFiles(network.manifest().structures(), console()::notice);
        MovingSource moving = source.atlasBank == null
                ? MovingSource.pair(source.pair.moving, source.pair.movingLabels, labelFiles, console())
                : MovingSource.bank(AtlasBank.read(source.atlasBank, network.manifest(), console()::notice), labelFiles,
                        console());
        RegisterRun run = new RegisterRun(new OfflineRegistration(network, ensemble, candidates(), wanted()), moving,
                labelFiles, alignment(), console());
        Optional<Path> truth = Optional.ofNullable(fixedLabels);
        List<Path> images = Files.isDirectory(fixed) ? ImageFiles.niftiFiles(fixed) : List.of();
        if (!images.isEmpty()) {
            ImageFiles.otherFiles(fixed).forEach(other -> console().notice("left out: " + other + " (not NIfTI)"));
        }
        return (images.isEmpty() ? run.one(fixed, truth, out) : run.batch(images, truth, out)) ? 0 : 1;
    }

    /** Atlases are other people: no rigid pose makes them one. */
    private Optional<Alignment> alignment() {
        return Optional.ofNullable(align)
                .or(() -> Optional.ofNullable(source.atlasBank).map(bank -> Alignment.CENTRES));
    }

    private SegmentationType segmentationType() {
        return Optional.ofNullable(segmentation).orElse(SegmentationType.BINARY);
    }

    private OfflineRegistration.Wanted wanted() {
        return new OfflineRegistration.Wanted(labelSource, outline, fitBudget > 0
                ? Optional.of(new Fitting(Words.of(similarity()), fitBudget))
                : Optional.empty(), dicomOut ? Optional.of(segmentationType()) : Optional.empty());
    }

    private Candidates candidates() {
        Duration budget = Duration.ofMillis(Math.round(1e3 * fitBudget));
        if (noNetwork != null) {
            return new Candidates(EnumSet.of(FieldSource.FITTED), Optional.of(new FittedPair(noNetwork)), budget);
        }
        return refine != null
                ? new Candidates(EnumSet.of(FieldSource.NETWORK, FieldSource.NETWORK_FITTED),
                        Optional.of(new FittedPair(refine)), budget)
                : Candidates.fitting(new FittedPair(Similarity.NLCC), budget);
    }

    private Similarity similarity() {
        return Optional.ofNullable(noNetwork).or(() -> Optional.ofNullable(refine)).orElse(Similarity.NLCC);
    }

    private Console console() {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
