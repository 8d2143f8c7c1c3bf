package org.regstream.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.ConfigurationException;
import org.regstream.training.TinyTask;

class DatasetTest {

    @TempDir
    Path folder;

    @Test
    void shouldLayImagesOverTheWindowAndMarkPadding() throws IOException {
        TinyTask.write(folder, 1);

        Sample s = Dataset.open(folder).read(List.of("tiny_0.nii.gz"), TinyTask.TASK).get(0);

        assertThat(s.image().grid().shape()).containsExactly(16, 32, 16);
        int covered = 0;
        for (int x = 0; x < s.inside().length; x++) {
            covered += s.inside()[x] ? 1 : 0;
            assertThat(s.inside()[x] || s.image().values()[x] == 0 && s.labels().labels()[x] == 0).isTrue();
        }
        assertThat(covered).isEqualTo(14 * 27 * 15);
        assertThat(s.labels().labels()).isEqualTo(TinyTask.sample(0).labels().labels());
        assertThat(s.labels().maxLabel()).isEqualTo(2);
    }

    @Test
    void shouldNameTheMissingLabelMap() throws IOException {
        TinyTask.write(folder, 2);
        Files.delete(folder.resolve("labels/tiny_1.nii.gz"));

        assertThatThrownBy(() -> Dataset.open(folder)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("labels/tiny_1.nii.gz is missing");
    }

    @Test
    void shouldRefuseAFolderWithoutImages() {
        assertThatThrownBy(() -> Dataset.open(folder)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("images/ and labels/");
    }

    @Test
    void shouldRefuseLabelsThatTheTaskDoesNotKnow() throws IOException {
        TinyTask.write(folder, 1);
        Task oneStructure = new Task("one", TinyTask.TASK.grid(), TinyTask.TASK.intensity(),
                TinyTask.TASK.structures().subList(0, 1), "synthetic");

        assertThatThrownBy(() -> Dataset.open(folder).read(List.of("tiny_0.nii.gz"), oneStructure))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("holds label 2");
    }
}
