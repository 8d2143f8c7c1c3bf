package org.regstream.tools.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.SystemPython;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.OtherProgram;
import org.regstream.tools.register.TransformNames;

/** The files of a transform as plastimatch, transformix and dipy read them, against {@code apply} and {@code points}. */
class TransformCrossCheckTest {

    /** Issue 14. */
    private static final double MEAN_MM = 0.01;
    /** Float arithmetic at places of up to 100 mm; what is left between equal interpolations. */
    private static final double MOST_MM = 1e-3;

    /** Within the window, oblique to the field's grid and to the window. */
    private static final Grid LIKE = new Grid(9, 8, 10,
            new Affine(Written.WINDOW.centre().minus(new Vector3(8, 8, 8)), new Vector3(0, 0, 1.9),
                    new Vector3(0, 2.1, 0), new Vector3(1.7, 0, 0)));
    private static final List<Vector3> CENTRES = Written.centres(LIKE);

    @TempDir
    private static Path dir;
    private static Path field;
    private static final Path[] RAMPS = new Path[3];

    @BeforeAll
    static void write() {
        field = Written.in(dir.resolve("result")).folder().resolve(TransformNames.FIELD);
        NiftiWriter.write(RandomData.volume(LIKE, 1), dir.resolve("like.nii"));
        for (int axis = 0; axis < 3; axis++) {
            RAMPS[axis] = Written.ramp(dir, Written.MOVING, axis);
        }
    }

    private static List<Vector3> ours(Path transform) {
        return ramps("ours", (in, out) -> List.of("apply", "--transform", transform, "--image", in, "--like",
                dir.resolve("like.nii"), "--out", out), true);
    }

    private static List<Vector3> plastimatch(Path transform) {
        return ramps("plastimatch", (in, out) -> List.of("plastimatch", "warp", "--input", in, "--xf", transform,
                "--fixed", dir.resolve("like.nii"), "--output-img", out, "--output-type", "float"), false);
    }

    private interface Words {
        List<Object> of(Path in, Path out);
    }

    private static List<Vector3> ramps(String name, Words words, boolean isOurs) {
        Path[] out = new Path[3];
        for (int axis = 0; axis < 3; axis++) {
            out[axis] = dir.resolve(name + axis + ".nii");
            List<Object> command = words.of(RAMPS[axis], out[axis]);
            int status = isOurs
                    ? Written.command(command.toArray()).code()
                    : OtherProgram.run(command.stream().map(Object::toString).toList()).status();
            assertThat(status).as("%s", command).isZero();
        }
        return Written.places(out[0], out[1], out[2]);
    }

    private static void assertAgree(List<Vector3> theirs, List<Vector3> ours) {
        assertThat(theirs).hasSameSizeAs(ours);
        double[] apart = IntStream.range(0, ours.size()).mapToDouble(n -> theirs.get(n).minus(ours.get(n)).norm())
                .toArray();
        assertThat(Arrays.stream(apart).average().orElseThrow()).as("mean, mm").isLessThan(MEAN_MM);
        assertThat(Arrays.stream(apart).max().orElseThrow()).as("most, mm").isLessThan(MOST_MM);
    }

    @Test
    void shouldBeWarpedAlikeByPlastimatch() {
        assertAgree(plastimatch(field), ours(field));
    }

    @Test
    void shouldBeTurnedAlikeByPlastimatchWithThePoseAlone() {
        Path pose = dir.resolve("result").resolve(TransformNames.POSE);

        assertAgree(plastimatch(pose), ours(pose));
    }

    /** Another centre, which all readers must add. */
    @Test
    void shouldReadTheCentreOfAnAffineAsPlastimatchDoes() throws IOException {
        Path about = Files.writeString(dir.resolve("about.tfm"), """
                #Insight Transform File V1.0
                #Transform 0
                Transform: AffineTransform_double_3_3
                Parameters: 0.8 -0.6 0 0.6 0.8 0 0 0 1.05 -4 -5 -6
                FixedParameters: 10 -8 30
                """);

        assertAgree(plastimatch(about), ours(about));
    }

    /** Elastix's transformix moves points as images are resampled: from the fixed image to the moving one. */
    @Test
    void shouldMovePointsAlikeByTransformix() throws IOException {
        // given
        Files.writeString(dir.resolve("parameters.txt"), """
                (Transform "DeformationFieldTransform")
                (NumberOfParameters 0)
                (InitialTransformParametersFileName "NoInitialTransform")
                (HowToCombineTransforms "Compose")
                (FixedImageDimension 3)
                (MovingImageDimension 3)
                (FixedInternalImagePixelType "float")
                (MovingInternalImagePixelType "float")
                (Size 4 4 4)
                (Index 0 0 0)
                (Spacing 1 1 1)
                (Origin 0 0 0)
                (Direction 1 0 0 0 1 0 0 0 1)
                (UseDirectionCosines "true")
                (DeformationFieldFileName "%s")
                (DeformationFieldInterpolationOrder 1)
                (ResampleInterpolator "FinalBSplineInterpolator")
                (Resampler "DefaultResampler")
                """.formatted(field));
        Files.writeString(dir.resolve("points.txt"), "point\n" + CENTRES.size() + "\n" + rows(" "));
        Files.writeString(dir.resolve("points.csv"), rows(","));

        // when
        OtherProgram.Outcome theirs = OtherProgram.run("transformix", "-def", dir.resolve("points.txt").toString(),
                "-out", dir.toString(), "-tp", dir.resolve("parameters.txt").toString());
        Written.Run ours = Written.command("points", "--transform", field, "--to", "preoperative", "--in",
                dir.resolve("points.csv"), "--out", dir.resolve("moved.csv"));

        // then
        assertThat(theirs.status()).as("%s", theirs.said()).isZero();
        assertThat(ours.code()).as(ours.err()).isZero();
        assertAgree(numbers(dir.resolve("outputpoints.txt"), "OutputPoint = \\[ (\\S+) (\\S+) (\\S+) \\]"),
                numbers(dir.resolve("moved.csv"), "^([^,]+),([^,]+),([^,]+)"));
    }

    private static String rows(String between) {
        return CENTRES.stream().map(p -> String.format(Locale.ROOT, "%.6f%s%.6f%s%.6f", p.x(), between, p.y(), between,
                p.z())).collect(Collectors.joining("\n"));
    }

    private static List<Vector3> numbers(Path file, String pattern) throws IOException {
        List<Vector3> places = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher m = Pattern.compile(pattern).matcher(line);
            assertThat(m.find()).as(line).isTrue();
            places.add(new Vector3(Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2)),
                    Double.parseDouble(m.group(3))));
        }
        return places;
    }

    @Test
    void shouldBeWarpedAlikeByDipyWithWhatNibabelReads() {
        // given
        SystemPython.assumeModules("nibabel", "numpy", "dipy");

        // when
        SystemPython.output(
                """
                        import nibabel as nib, numpy as np
                        from dipy.align.imwarp import DiffeomorphicMap
                        field, like = nib.load('result/displacement.nii.gz'), nib.load('like.nii')
                        assert field.header.get_intent()[0] == 'vector', field.header.get_intent()
                        ras = (field.get_fdata()[:, :, :, 0] * [-1, -1, 1]).astype(np.float32)
                        for axis in range(3):
                            ramp = nib.load(f'ramp{axis}.nii')
                            warp = DiffeomorphicMap(3, ras.shape[:3], field.affine, like.shape, like.affine, ramp.shape, ramp.affine)
                            warp.forward, warp.backward = ras, np.zeros_like(ras)
                            moved = warp.transform(ramp.get_fdata().astype(np.float32), 'linear')
                            nib.save(nib.Nifti1Image(moved, like.affine), f'dipy{axis}.nii')
                        """,
                dir);

        // then
        assertAgree(Written.places(dir.resolve("dipy0.nii"), dir.resolve("dipy1.nii"), dir.resolve("dipy2.nii")),
                ours(field));
    }

    /** As mrtransform -linear and nibabel have it: RAS. */
    @Test
    void shouldWriteThePlainMatrixInTheFrameThatItNames() {
        SystemPython.assumeModules("numpy");

        double[] theirs = SystemPython.output("""
                import numpy as np
                m = np.loadtxt('result/pose-ras.txt')
                p = np.array([12, 34, 56, 1.0])
                for value in m @ p:
                    print(repr(float(value)))
                """, dir).lines().mapToDouble(Double::parseDouble).toArray();

        Vector3 ours = Written.KNOWN.pose().toMoving(new Vector3(-12, -34, 56));
        assertThat(new Vector3(-theirs[0], -theirs[1], theirs[2]).minus(ours).norm()).isLessThan(1e-9);
    }

    /** A field of plastimatch's own, made from ITK's affine. */
    @Test
    void shouldReadAFieldThatPlastimatchWrote() {
        Path pose = dir.resolve("result").resolve(TransformNames.POSE);
        Path theirs = dir.resolve("theirs.nii.gz");

        OtherProgram.Outcome outcome = OtherProgram.run("plastimatch", "xf-convert", "--input", pose.toString(),
                "--output", theirs.toString(), "--output-type", "vf", "--fixed",
                dir.resolve("like.nii").toString());

        assertThat(outcome.status()).as("%s", outcome.said()).isZero();
        assertAgree(ours(theirs), ours(pose));
    }
}
