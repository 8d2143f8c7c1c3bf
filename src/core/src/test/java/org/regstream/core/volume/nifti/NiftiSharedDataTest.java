package org.regstream.core.volume.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.SystemPython;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** The real images and label maps of the shared data, read as nibabel reads them. */
class NiftiSharedDataTest {
    private static final Path DATA = Path.of(System.getProperty("regstream.data", "missing"), "hippocampus");

    @Test
    void shouldReadEveryImageAndLabelMapAsNibabelDoes() throws IOException {
        // given: per file its shape, the far corner in RAS, the sum and the sum weighted by offset modulo 97
        assumeTrue(Files.isDirectory(DATA), "skipped: no shared data at system property regstream.data");
        SystemPython.assumeModules("nibabel", "numpy");
        Map<String, double[]> expected = SystemPython.output("""
                import glob, nibabel as nib, numpy as np
                for name in sorted(glob.glob('*/*.nii*')):
                    image = nib.load(name)
                    values = image.get_fdata().ravel(order='F')
                    corner = image.affine @ np.append(np.array(image.shape) - 1, 1)
                    row = [*image.shape, *corner[:3], values.sum(), (values * (np.arange(values.size) % 97)).sum()]
                    print(name, *map(repr, map(float, row)))
                """, DATA).lines().map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> Stream.of(words).skip(1)
                        .mapToDouble(Double::parseDouble).toArray()));

        // when, then
        for (String folder : List.of("images", "labels")) {
            try (Stream<Path> files = Files.list(DATA.resolve(folder))) {
                for (Path file : files.filter(f -> f.toString().contains(".nii")).toList()) {
                    assertThat(summary(NiftiReader.readVolume(file))).as(file.getFileName().toString())
                            .containsExactly(expected.get(folder + "/" + file.getFileName()), within(1e-3));
                }
            }
        }
        assertThat(expected).isNotEmpty();
    }

    @Test
    void shouldReadLabelsAsTheVolumesValues() throws IOException {
        assumeTrue(Files.isDirectory(DATA), "skipped: no shared data at system property regstream.data");
        try (Stream<Path> files = Files.list(DATA.resolve("labels"))) {
            for (Path file : files.filter(f -> f.toString().contains(".nii")).limit(5).toList()) {
                // when
                LabelMap labels = NiftiReader.readLabels(file);
                float[] values = NiftiReader.readVolume(file).values();

                // then
                assertThat(labels.maxLabel()).isEqualTo(2);
                for (int x = 0; x < values.length; x++) {
                    assertThat((float) (labels.labels()[x] & 0xff)).isEqualTo(values[x]);
                }
            }
        }
    }

    private static double[] summary(Volume volume) {
        int[] shape = volume.grid().shape();
        Vector3 corner = Ras.flip(volume.grid().affine().toLps(shape[0] - 1, shape[1] - 1, shape[2] - 1));
        double sum = 0;
        double weighted = 0;
        for (int x = 0; x < volume.values().length; x++) {
            sum += volume.values()[x];
            weighted += (double) volume.values()[x] * (x % 97);
        }
        return new double[]{shape[2], shape[1], shape[0], corner.x(), corner.y(), corner.z(), sum, weighted};
    }
}
