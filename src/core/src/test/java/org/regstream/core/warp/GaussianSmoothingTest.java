package org.regstream.core.warp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.SystemPython;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;

class GaussianSmoothingTest {
    private static final Grid GRID = TestGrids.oblique(9, 13, 17);

    @Test
    void shouldLeaveTheImageAloneWithoutWidth() {
        Volume image = RandomData.volume(GRID, 1);
        assertThat(GaussianSmoothing.ofVoxels(image, 0).values()).isEqualTo(image.values());
    }

    @Test
    void shouldLeaveAConstantImageConstantToTheBorder() {
        float[] values = new float[GRID.size()];
        Arrays.fill(values, 7);
        assertThat(GaussianSmoothing.ofVoxels(Volume.takeOwnershipOf(GRID, values), 3).values())
                .containsOnly(new float[]{7}, within(1e-5f));
    }

    @Test
    void shouldSpreadAPointToTheProductOfThreeGaussians() {
        // given: sigma 0.5 voxels reaches 2 voxels; weights e^0, e^-2, e^-8 over their sum
        float[] values = new float[GRID.size()];
        values[GRID.offset(4, 6, 8)] = 1;
        double sum = 1 + 2 * Math.exp(-2) + 2 * Math.exp(-8);

        // when
        Volume smooth = GaussianSmoothing.ofVoxels(Volume.takeOwnershipOf(GRID, values), 0.5);

        // then
        assertThat(smooth.at(4, 6, 8)).isCloseTo((float) Math.pow(1 / sum, 3), within(1e-6f));
        assertThat(smooth.at(3, 6, 10)).isCloseTo((float) (Math.exp(-2 - 8) / Math.pow(sum, 3)), within(1e-6f));
        assertThat(smooth.at(4, 6, 11)).isZero();
    }

    @Test
    void shouldSmoothChannelsOneByOne() {
        // given
        float[] a = RandomData.volume(GRID, 1).values();
        float[] b = RandomData.volume(GRID, 2).values();
        float[] both = Arrays.copyOf(a, 2 * a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        double[] sigma = {1, 0.7, 2};

        // when
        float[] smooth = GaussianSmoothing.of(both, GRID, sigma);

        // then
        assertThat(Arrays.copyOf(smooth, a.length)).isEqualTo(GaussianSmoothing.of(a, GRID, sigma));
        assertThat(Arrays.copyOfRange(smooth, a.length, smooth.length)).isEqualTo(GaussianSmoothing.of(b, GRID, sigma));
    }

    @Test
    void shouldAgreeWithScipy(@TempDir Path dir) {
        // given: 1.5 mm on voxels of 2.5 x 0.75 x 0.5 mm (k, j, i)
        SystemPython.assumeModules("nibabel", "scipy.ndimage");
        Volume image = RandomData.volume(GRID, 3);
        NiftiWriter.write(image, dir.resolve("image.nii"));
        SystemPython.output("""
                import nibabel as nib, scipy.ndimage
                image = nib.load('image.nii')
                smooth = scipy.ndimage.gaussian_filter(image.get_fdata(), [3, 2, 0.6], mode='nearest', truncate=4)
                nib.save(nib.Nifti1Image(smooth.astype('float32'), image.affine), 'smooth.nii')
                """, dir);

        // when
        float[] smooth = GaussianSmoothing.of(image.values(), GRID, new double[]{0.6, 2, 3});

        // then
        assertThat(smooth).containsExactly(NiftiReader.readVolume(dir.resolve("smooth.nii")).values(),
                within(1e-6f));
    }

    @Test
    void shouldRefuseAWidthThatIsNone() {
        Volume image = RandomData.volume(GRID, 1);
        assertThatThrownBy(() -> GaussianSmoothing.ofVoxels(image, -1)).hasMessageContaining("sigma");
        assertThatThrownBy(() -> GaussianSmoothing.ofVoxels(image, Double.NaN)).hasMessageContaining("sigma");
        assertThatThrownBy(() -> GaussianSmoothing.of(new float[5], GRID, new double[]{1, 1, 1}))
                .hasMessageContaining("values");
    }
}
