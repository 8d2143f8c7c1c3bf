package org.regstream.tools.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.tools.register.TransformNames;
import org.regstream.tools.transform.Written.Run;

/** The command from its arguments to its file, along a transform known by formula. */
class ApplyCommandTest {

    /** A wave of 94 mm between voxels 2 mm apart: 3 * 0.067^2 * 2^2 / 8 = 0.0067 mm along each axis, at worst. */
    private static final double MM = 0.012;

    /** Within the window, at none of its voxels. */
    private static final Grid LIKE = new Grid(6, 7, 8,
            new Affine(Written.WINDOW.centre().minus(new Vector3(9, 8, 7)), new Vector3(0.3, 0, 2.3),
                    new Vector3(0, 2.1, 0), new Vector3(1.9, 0, -0.3)));

    @TempDir
    private static Path dir;
    private static Path like;

    @BeforeAll
    static void write() {
        Written.in(dir.resolve("result"));
        like = image("like.nii.gz", LIKE);
    }

    private static Path image(String name, Grid grid) {
        Path file = dir.resolve(name);
        NiftiWriter.write(RandomData.volume(grid, 1), file);
        return file;
    }

    private static List<Vector3> pulled(Path transform, Grid from, Path onto, Object... more) {
        Path[] out = new Path[3];
        for (int axis = 0; axis < 3; axis++) {
            out[axis] = dir.resolve("out" + axis + ".nii.gz");
            Object[] words = {"apply", "--transform", transform, "--image", Written.ramp(dir, from, axis), "--like",
                    onto, "--out", out[axis]};
            Run run = Written.command(Stream.concat(Stream.of(words),
                    Stream.of(more)).toArray());
            assertThat(run.code()).as(run.err()).isZero();
        }
        assertThat(NiftiReader.readVolume(out[0]).grid().isSameAs(NiftiReader.readVolume(onto).grid())).isTrue();
        return Written.places(out[0], out[1], out[2]);
    }

    @Test
    void shouldPullEveryVoxelFromItsPlaceByAFolderAndByItsField() {
        for (Path transform : List.of(dir.resolve("result"), dir.resolve("result").resolve(TransformNames.FIELD))) {
            List<Vector3> places = pulled(transform, Written.MOVING, like);

            List<Vector3> centres = Written.centres(LIKE);
            for (int n = 0; n < centres.size(); n++) {
                assertThat(places.get(n).minus(Written.KNOWN.map(centres.get(n))).norm()).isLessThan(MM);
            }
        }
    }

    @Test
    void shouldPullALiveImageOntoThePreoperativeSide() {
        // given: a grid of the pre-operative side, where the window came from
        Grid there = new Grid(5, 5, 5, Affine.axisAligned(
                Written.KNOWN.pose().toMoving(Written.WINDOW.centre()).minus(new Vector3(6, 6, 6)), 3, 3, 3));

        // when
        List<Vector3> places = pulled(dir.resolve("result"), Written.LIVE, image("there.nii", there), "--inverse");

        // then
        List<Vector3> centres = Written.centres(there);
        for (int n = 0; n < centres.size(); n++) {
            assertThat(Written.KNOWN.map(places.get(n)).minus(centres.get(n)).norm()).isLessThan(MM);
        }
    }

    @Test
    void shouldMapAlikeByTheTwoFilesOfThePose() {
        Vector3 first = LIKE.affine().origin();

        for (String name : List.of(TransformNames.POSE, TransformNames.POSE_RAS)) {
            Vector3 place = pulled(dir.resolve("result").resolve(name), Written.MOVING, like).get(0);
            assertThat(place.minus(Written.KNOWN.pose().toMoving(first)).norm()).as(name).isLessThan(1e-4);
        }
    }

    @Test
    void shouldTakeTheNearestLabelAndInventNone() {
        // given
        LabelMap labels = RandomData.labels(Written.MOVING, 200, 3);
        Path file = dir.resolve("labels.nii.gz");
        NiftiWriter.write(labels, file);

        // when
        Run run = Written.command("apply", "--transform", dir.resolve("result"), "--image", file, "--like", like,
                "--out", dir.resolve("moved.nii.gz"), "--labels");

        // then
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("[6, 7, 8] voxels, 100.0 % by the field");
        byte[] moved = NiftiReader.readLabels(dir.resolve("moved.nii.gz")).labels();
        List<Vector3> centres = Written.centres(LIKE);
        int same = 0;
        for (int n = 0; n < moved.length; n++) {
            double[] at = Written.MOVING.affine().toIndex(Written.KNOWN.map(centres.get(n)));
            same += moved[n] == labels.labels()[Written.MOVING.offset((int) Math.rint(at[0]), (int) Math.rint(at[1]),
                    (int) Math.rint(at[2]))] ? 1 : 0;
        }
        assertThat(same).as("of 336; the rest lies half way").isGreaterThan(330);
    }

    @Test
    void shouldSayWhatHoldsBeyondTheWindowAndBeyondTheField() {
        // given: twice as far as the live image goes
        Grid wide = new Grid(4, 4, 4,
                Affine.axisAligned(Written.LIVE.centre().minus(new Vector3(60, 60, 60)), 40, 40, 40));
        Path onto = image("wide.nii", wide);
        Path image = image("moving.nii", Written.MOVING);

        // when
        Run byFolder = Written.command("apply", "--transform", dir.resolve("result"), "--image", image, "--like", onto,
                "--out", dir.resolve("wide-out.nii"));
        Run byField = Written.command("apply", "--transform", dir.resolve("result").resolve(TransformNames.FIELD),
                "--image", image, "--like", onto, "--out", dir.resolve("wide-out.nii"));

        // then
        assertThat(byFolder.out()).contains("by the pose alone").doesNotContain("left 0");
        assertThat(byField.out()).contains("beyond the field, left 0");
    }

    @Test
    void shouldRefuseWhatIsNoTransformWithTheWayOut() throws IOException {
        Path image = image("moving.nii", Written.MOVING);
        Path binary = Files.write(dir.resolve("warp.h5"), new byte[]{1, 0, 2});
        Path empty = Files.createDirectories(dir.resolve("empty"));

        assertRefused(image, "five axes (i, j, k, 1, 3)");
        assertRefused(binary, ".mat and .h5 can be written as .tfm");
        assertRefused(empty, "must be a folder that register wrote, but holds no displacement.nii.gz");
        assertRefused(Files.writeString(dir.resolve("three.txt"), "1 0 0 1\n"), "four rows of four numbers");
        assertRefused(dir.resolve("none.tfm"), "no such file");
    }

    private static void assertRefused(Path transform, String saying) {
        Run run = Written.command("apply", "--transform", transform, "--image", like, "--like", like, "--out",
                dir.resolve("never.nii.gz"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("regstream apply: ").contains(saying);
        assertThat(dir.resolve("never.nii.gz")).doesNotExist();
    }

    @Test
    void shouldRefuseToOverwriteItsInputAndOtherFormats() {
        assertThat(Written.command("apply", "--transform", "t.tfm", "--image", like, "--like", like, "--out", like)
                .code()).isEqualTo(2);
        assertThat(Written.command("apply", "--transform", "t.tfm", "--image", like, "--like", like, "--out", "o.mha")
                .err()).contains("--out must end in .nii or .nii.gz, got o.mha");
    }

    @Test
    void shouldShowPaddingAsTheLowestIntensity() {
        // given
        Grid g = Written.MOVING;
        float[] values = new float[g.size()];
        Arrays.fill(values, Float.NaN);
        values[0] = 7;
        Path padded = dir.resolve("padded.nii");
        NiftiWriter.write(Volume.takeOwnershipOf(g, values), padded);

        // when
        Written.command("apply", "--transform", dir.resolve("result"), "--image", padded, "--like", like, "--out",
                dir.resolve("padded-out.nii"));

        // then
        assertThat(NiftiReader.readVolume(dir.resolve("padded-out.nii")).values()).containsOnly(7f);
    }
}
