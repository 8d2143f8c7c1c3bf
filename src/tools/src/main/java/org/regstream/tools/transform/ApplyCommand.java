package org.regstream.tools.transform;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.regstream.core.RegstreamException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.transform.Mapped;
import org.regstream.core.transform.Mapped.Basis;
import org.regstream.core.transform.Mapping;
import org.regstream.core.transform.PlaceMap;
import org.regstream.core.transform.Pull;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiContent;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.tools.register.ImageFiles;
import org.regstream.tools.register.MedicalImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code apply}: another image or label map along a transform. Exit code 0 if it was written, 1 if not, 2 for bad usage. */
@Command(name = "apply", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Moves an image or a label map along a transform, onto any grid.",
        "Without --inverse: an image of the pre-operative (moving) side onto a grid of the live (fixed) side.",
        "With --inverse: an image of the live side onto a grid of the pre-operative side."}, footer = {"",
                "Images are linear, labels nearest neighbour, each in one sampling; 0 where the image does not reach.",
                "Beyond the window that was registered the pose alone holds; beyond a field that came without a pose nothing "
                        + "is known, and all is 0. How much that is, is said.",
                "An image is a NIfTI file or a folder with the DICOM instances of one volume; labels and --out are NIfTI."})
public final class ApplyCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Mixin
    TransformOptions options;

    @Option(names = "--image", required = true, paramLabel = "IMAGE", description = "image, or label map, to move")
    Path image;

    @Option(names = "--like", required = true, paramLabel = "IMAGE", description = "image whose grid is wanted")
    Path like;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the moved image, .nii or .nii.gz")
    Path out;

    @Option(names = "--labels", description = "--image is a label map: nearest neighbour, as register carries labels")
    boolean labels;

    @Option(names = "--inverse", description = "--image belongs to the live side, --like to the pre-operative one")
    boolean inverse;

    @Override
    public Integer call() {
        String name = String.valueOf(out.getFileName());
        require(name.endsWith(".nii") || name.endsWith(".nii.gz"), "--out must end in .nii or .nii.gz, got " + name);
        for (Path input : new Path[]{image, like, options.transform}) {
            require(!isSame(input, out), "--out would overwrite " + input + "; choose another name");
        }
        try {
            run();
            return 0;
        } catch (RegstreamException | UncheckedIOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("regstream apply: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return 1;
        }
    }

    private void run() {
        Mapping mapping = new TransformFiles(options.matrix, this::notice).read(options.transform);
        Grid grid = read(like).volume().grid();
        Map<Basis, LongAdder> counts = new TreeMap<>(
                Arrays.stream(Basis.values()).collect(Collectors.toMap(basis -> basis, basis -> new LongAdder())));
        PlaceMap map = place -> {
            Mapped mapped = inverse ? mapping.toFixed(place) : mapping.toMoving(place);
            counts.get(mapped.basis()).increment();
            return mapped.place();
        };
        if (labels) {
            NiftiWriter.write(Pull.nearest(readLabels(), map, grid), out);
        } else {
            NiftiWriter.write(Pull.linear(read(image).volume().filled(), map, grid, 0), out);
        }
        line("%s -> %s: %s voxels, %s", image.getFileName(), out, Arrays.toString(grid.shape()), shares(counts, grid));
    }

    private MedicalImage read(Path source) {
        MedicalImage read = ImageFiles.read(source);
        read.notices().forEach(notice -> notice(read.name() + ": " + notice));
        return read;
    }

    private LabelMap readLabels() {
        NiftiContent<LabelMap> read = NiftiReader.labels(image);
        read.notice().ifPresent(notice -> notice(image.getFileName() + ": " + notice));
        return read.content();
    }

    private static String shares(Map<Basis, LongAdder> counts, Grid grid) {
        return counts.entrySet().stream().filter(e -> e.getValue().sum() > 0)
                .map(e -> String.format(Locale.ROOT, "%.1f %% %s", 100.0 * e.getValue().sum() / grid.size(),
                        words(e.getKey())))
                .collect(Collectors.joining(", "));
    }

    private static String words(Basis basis) {
        return switch (basis) {
            case MATRIX -> "by the matrix";
            case FIELD -> "by the field";
            case POSE -> "by the pose alone, beyond the window that was registered";
            case NEAREST -> "from the nearest place found, where the field folds or tears";
            case NOWHERE -> "beyond the field, left 0";
        };
    }

    static boolean isSame(Path input, Path output) {
        return input.toAbsolutePath().normalize().equals(output.toAbsolutePath().normalize());
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private void notice(String text) {
        line("NOTE %s", text);
    }

    private void line(String format, Object... values) {
        spec.commandLine().getOut().println(String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }
}
