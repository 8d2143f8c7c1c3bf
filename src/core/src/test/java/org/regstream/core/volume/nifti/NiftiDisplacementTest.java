package org.regstream.core.volume.nifti;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.volume.MillimetreField;

class NiftiDisplacementTest {

    private static final Grid GRID = TestGrids.leftHanded(3, 4, 5);
    private static final MillimetreField FIELD = MillimetreField.takeOwnershipOf(GRID,
            RandomData.roughField(GRID, 2, 5).components());

    @TempDir
    Path dir;

    @Test
    void shouldReadWhatIsWritten() {
        NiftiWriter.write(FIELD, dir.resolve("field.nii.gz"));

        MillimetreField read = NiftiReader.displacement(dir.resolve("field.nii.gz")).content();

        assertThat(read.grid().isSameAs(GRID)).isTrue();
        assertThat(read.components()).isEqualTo(FIELD.components());
        assertThat(NiftiReader.displacementGrid(dir.resolve("field.nii.gz"))).isEqualTo(read.grid());
    }

    /** More than one chunk, and three times as many numbers as voxels. */
    @Test
    void shouldReadLargeFields() {
        Grid large = TestGrids.isotropic(40, 41, 42);
        MillimetreField field = MillimetreField.takeOwnershipOf(large, RandomData.roughField(large, 2, 5).components());
        NiftiWriter.write(field, dir.resolve("field.nii.gz"));

        assertThat(NiftiReader.displacement(dir.resolve("field.nii.gz")).content().components())
                .isEqualTo(field.components());
    }

    /** DISPVECT is RAS by ITK 5.4. */
    @Test
    void shouldTurnVectorsThatAreRas() throws IOException {
        Path file = edited(header -> header.putShort(68, (short) 1006));

        MillimetreField read = NiftiReader.displacement(file).content();

        assertThat(read.at(1, 2, 3).x()).isEqualTo(-FIELD.at(1, 2, 3).x());
        assertThat(read.at(1, 2, 3).y()).isEqualTo(-FIELD.at(1, 2, 3).y());
        assertThat(read.at(1, 2, 3).z()).isEqualTo(FIELD.at(1, 2, 3).z());
    }

    @Test
    void shouldRefuseImagesOtherLayoutsAndFieldsInVoxels() throws IOException {
        Path image = dir.resolve("image.nii");
        NiftiWriter.write(RandomData.volume(GRID, 1), image);

        assertRefused(image, "five axes (i, j, k, 1, 3), as ITK writes them, got [5, 4, 3]");
        assertRefused(edited(header -> header.putShort(40, (short) 4).putShort(48, (short) 3)),
                "got [5, 4, 3, 3]");
        assertRefused(edited(header -> header.put(148,
                "regstream pull displacement, components (k, j, i), voxels of this grid"
                        .getBytes(StandardCharsets.US_ASCII))),
                "older regstream");
        assertThatThrownBy(() -> NiftiReader.readVolume(edited(header -> {
        })))
                .isInstanceOf(DecodeException.class).hasMessageContaining("dim[5] must be 1");
    }

    @Test
    void shouldSayWhereAFieldIsCutShort() throws IOException {
        byte[] whole = Files.readAllBytes(edited(header -> {
        }));
        Path cut = Files.write(dir.resolve("cut.nii"), Arrays.copyOf(whole, whole.length - 4));

        assertRefused(cut, "end after 179 of 180");
    }

    private interface Edit {
        void of(ByteBuffer header);
    }

    private Path edited(Edit edit) throws IOException {
        Path file = dir.resolve("edited.nii");
        NiftiWriter.write(FIELD, file);
        byte[] bytes = Files.readAllBytes(file);
        edit.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return Files.write(file, bytes);
    }

    private static void assertRefused(Path file, String saying) {
        assertThatThrownBy(() -> NiftiReader.displacement(file)).isInstanceOf(DecodeException.class)
                .hasMessageContaining(saying);
    }
}
