package org.regstream.service.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.regstream.core.ConfigurationException;
import org.regstream.core.RegstreamException;
import org.regstream.core.optimise.Similarity;
import org.regstream.core.procedure.Alignment;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.onnx.ModelPackage;
import org.regstream.onnx.OnnxEnsemble;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.onnx.ProviderChoice;
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
        "  labels                  of the network",
        "  warped, warped_labels   the moving image and its labels, pulled along",
        "  displacement            voxels", "  uncertainty             label entropy, nats",
        "where the package has an ensemble, whose labels are then written, also", "  mutual_information      nats",
        "  displacement_spread     mm", "  predictive_uncertainty  expected error of a label probability",
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

    @Option(names = "--fixed-labels", paramLabel = "LABELS", description = {
            "the fixed image's own labels, to measure against;", "a folder with the same file names in a batch"})
    Path fixedLabels;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where files go; made if missing")
    Path out;

    @Option(names = "--dicom-out", description = {
            "also write labels.dcm (Segmentation), uncertainty.dcm (Parametric Map) and displacement.dcm",
            "(Deformable Spatial Registration) into the study of --fixed, which must be a DICOM series"})
    boolean dicomOut;

    @Option(names = "--segmentation", paramLabel = "TYPE", converter = SegmentationConverter.class, description = {
            "with --dicom-out, labels.dcm as binary (every reader knows it) or labelmap (compact,",
            "a class of 2024) (default: binary)"})
    SegmentationType segmentation;

    @Option(names = "--align", paramLabel = "HOW", converter = AlignConverter.class, description = {
            "centre: middle on middle; world: by patient coordinates",
            "(default: world if both are DICOM in one frame of reference, else centre)"})
    Alignment align;

    @Option(names = "--student-only", description = {
            "the package's single network, without its ensemble: faster; no maps of disagreement,",
            "no predicted Dice"})
    boolean studentOnly;

    @Option(names = "--refine", arity = "0..1", paramLabel = "SIMILARITY", fallbackValue = "nlcc", converter = SimilarityConverter.class, description = {
            "fit the network's field to the pair at hand, by nlcc (images of one contrast) or mind (any);",
            "kept where the pair then fits better; the labels are then those that the fitted field pulls,",
            "without the ensemble"})
    Similarity refine;

    @Option(names = "--no-network", arity = "0..1", paramLabel = "SIMILARITY", fallbackValue = "nlcc", converter = SimilarityConverter.class, description = {
            "fit a field to the pair from nothing, by nlcc or mind, without the package's network"})
    Similarity noNetwork;

    @Option(names = "--provider", paramLabel = "NAME", converter = ProviderConverter.class, description = "cpu, cuda or auto (default: cpu)")
    ProviderChoice provider = ProviderChoice.CPU;

    @Option(names = "--threads", paramLabel = "N", description = "threads of the network, 0 to 1024 (default: 0, one a core)")
    int threads;

    /** Where the moving image comes from. */
    static final class Source {
        @ArgGroup(exclusive = false)
        Pair pair;

        @Option(names = "--atlas-bank", required = true, paramLabel = "DIR", description = {
                "labelled images (images/ and labels/, or NAME.nii.gz and",
                "NAME_labels.nii.gz): the one with the highest NLCC is moving"})
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
                default :
                    throw new TypeConversionException("expected centre or world, got " + text);
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
            return call(ModelPackage.open(model), settings);
        } catch (RegstreamException | UncheckedIOException | IllegalArgumentException e) {
            console().failure(e);
            return 1;
        }
    }

    private int call(ModelPackage opened, OnnxSettings settings) {
        try (OnnxModel network = OnnxModel.open(opened, settings); OnnxEnsemble ensemble = ensemble(opened, settings)) {
            console().line("model %s %s on %s (%s)", network.manifest().id(), network.manifest().version(),
                    network.provider(),
                    network.providerReason());
            return run(network, Optional.ofNullable(ensemble));
        }
    }

    /** @return null if the package has none or nobody asked for it; a resource may be null */
    private OnnxEnsemble ensemble(ModelPackage opened, OnnxSettings settings) {
        return studentOnly || fitting().isPresent()
                ? null
                : OnnxEnsemble.openIfPresent(opened, settings).orElse(null);
    }

    private void requireSensible() {
        require(source.atlasBank == null || align != Alignment.FRAME_OF_REFERENCE,
                "atlases are other people, in other spaces: --atlas-bank goes with --align centre");
        require(!dicomOut || ImageFiles.mayBeDicom(fixed),
                "--dicom-out takes patient, study and space over from a DICOM series, but --fixed is no folder of one; "
                        + "give that folder, or leave --dicom-out out");
        require(refine == null || noNetwork == null,
                "--refine starts from the network's field and --no-network from nothing; choose one");
        require(!dicomOut || fitting().isEmpty(),
                "--dicom-out writes what the package's network computed, under UIDs that say so; leave it out with"
                        + " --refine and --no-network");
        require(segmentation == null || dicomOut, "--segmentation says how --dicom-out writes labels; give both");
        require(threads >= 0 && threads <= 1024, "--threads must lie in 0 to 1024, got " + threads);
        Optional<Pair> pair = Optional.ofNullable(source.pair);
        Stream.of(fixed, fixedLabels, pair.map(p -> p.moving).orElse(null), pair.map(p -> p.movingLabels).orElse(null))
                .filter(Objects::nonNull).forEach(input -> require(!new OutputFolder(out).wouldRemove(input),
                        input + " would be overwritten; choose another --out"));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private int run(OnnxModel network, Optional<OnnxEnsemble> ensemble) {
        LabelFiles labelFiles = new LabelFiles(network.manifest().structures());
        MovingSource moving = source.atlasBank == null
                ? MovingSource.pair(source.pair.moving, source.pair.movingLabels, labelFiles)
                : MovingSource.bank(AtlasBank.read(source.atlasBank, network.manifest()), labelFiles);
        RegisterRun run = new RegisterRun(new OfflineRegistration(network, ensemble, fitting(), labelFiles,
                dicomOut ? Optional.of(segmentationType()) : Optional.empty()), moving, labelFiles,
                Optional.ofNullable(align), console());
        Optional<Path> truth = Optional.ofNullable(fixedLabels);
        List<Path> images = Files.isDirectory(fixed) ? ImageFiles.niftiFiles(fixed) : List.of();
        return (images.isEmpty() ? run.one(fixed, truth, out) : run.batch(images, truth, out)) ? 0 : 1;
    }

    private SegmentationType segmentationType() {
        return Optional.ofNullable(segmentation).orElse(SegmentationType.BINARY);
    }

    private Optional<Fitting> fitting() {
        return Optional.ofNullable(refine).map(s -> new Fitting(Fitting.Start.NETWORK, s))
                .or(() -> Optional.ofNullable(noNetwork).map(s -> new Fitting(Fitting.Start.NOTHING, s)));
    }

    private Console console() {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
