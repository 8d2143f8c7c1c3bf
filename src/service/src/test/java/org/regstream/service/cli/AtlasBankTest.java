package org.regstream.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.onnx.ModelPackage;

class AtlasBankTest {

    private static final ModelManifest MANIFEST = ModelPackage.open(Hippocampus.MODEL).manifest();

    private final List<String> notices = new ArrayList<>();

    @TempDir
    Path dir;

    private void atlas(String name, long seed) {
        Hippocampus.deformed(seed).writeImage(dir.resolve(name + ".nii.gz"));
        Hippocampus.deformed(seed).writeLabels(dir.resolve(name + "_labels.nii.gz"));
    }

    @Test
    void shouldChooseTheIdenticalImage() throws IOException {
        // given
        atlas("other", 1);
        atlas("twin", 2);
        Path fixed = Hippocampus.deformed(2).writeImage(Files.createDirectory(dir.resolve("in")).resolve("f.nii"));

        // when
        AtlasBank.Choice choice = AtlasBank.read(dir, MANIFEST, notices::add).choose(ImageFiles.read(fixed));

        // then
        assertThat(choice.atlas().image()).hasFileName("twin.nii.gz");
        assertThat(choice.atlas().labels()).hasFileName("twin_labels.nii.gz");
        assertThat(choice.nlcc()).isCloseTo(1, within(0.05));
    }

    @Test
    void shouldNeverChooseTheFixedImageItself() {
        atlas("other", 1);
        atlas("self", 2);

        AtlasBank.Choice choice = AtlasBank.read(dir, MANIFEST, notices::add)
                .choose(ImageFiles.read(dir.resolve("self.nii.gz")));

        assertThat(choice.atlas().image()).hasFileName("other.nii.gz");
    }

    /** A border that is not a number is no image; an atlas of nothing else is told of and left out. */
    @Test
    void shouldTakeAtlasesWithGapsAndLeaveOutEmptyOnes() {
        // given
        atlas("twin", 2);
        atlas("other", 1);
        atlas("empty", 3);
        Volume twin = Hippocampus.deformed(2).image();
        float[] bordered = twin.values().clone();
        Arrays.fill(bordered, 0, bordered.length / 8, Float.NaN);
        NiftiWriter.write(Volume.takeOwnershipOf(twin.grid(), bordered), dir.resolve("twin.nii.gz"));
        float[] nothing = new float[twin.values().length];
        Arrays.fill(nothing, Float.NaN);
        NiftiWriter.write(Volume.takeOwnershipOf(twin.grid(), nothing), dir.resolve("empty.nii.gz"));

        // when
        AtlasBank bank = AtlasBank.read(dir, MANIFEST, notices::add);

        // then
        assertThat(bank.size()).isEqualTo(2);
        assertThat(notices).hasSize(1).allMatch(notice -> notice.contains("empty.nii.gz"));
        assertThat(bank.choose(ImageFiles.read(dir.resolve("other.nii.gz"))).atlas().image())
                .hasFileName("twin.nii.gz");
    }

    @Test
    void shouldRefuseBankOfTheFixedImageAlone() {
        atlas("self", 2);
        AtlasBank bank = AtlasBank.read(dir, MANIFEST, notices::add);
        MedicalImage self = ImageFiles.read(dir.resolve("self.nii.gz"));

        assertThatThrownBy(() -> bank.choose(self)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the fixed one itself");
    }

    @Test
    void shouldReadFoldersOfImagesAndLabels() throws IOException {
        Path images = Files.createDirectory(dir.resolve("images"));
        Path labels = Files.createDirectory(dir.resolve("labels"));
        Hippocampus.deformed(1).writeImage(images.resolve("one.nii.gz"));
        Hippocampus.deformed(1).writeLabels(labels.resolve("one.nii.gz"));

        assertThat(AtlasBank.read(dir, MANIFEST, notices::add).size()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAtlasWithoutLabels() {
        Hippocampus.deformed(1).writeImage(dir.resolve("bare.nii.gz"));

        assertThatThrownBy(() -> AtlasBank.read(dir, MANIFEST, notices::add)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("bare.nii.gz has no labels").hasMessageContaining("bare_labels.nii.gz");
    }

    @Test
    void shouldRefuseEmptyBank() {
        assertThatThrownBy(() -> AtlasBank.read(dir, MANIFEST, notices::add)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("got 0");
    }
}
