package org.regstream.training.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.quality.Dice;
import org.regstream.training.Looks;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;

class TemplateBuilderTest {

    @TempDir
    Path folder;

    private static Template of(List<Sample> samples, AtomicInteger steps) {
        return TemplateBuilder.build((fixed, moving) -> Looks.still(fixed.grid(), 3), TinyTask.TASK, samples, 2,
                sample -> steps.incrementAndGet());
    }

    @Test
    void shouldReturnTheImageWhenAllImagesAreTheSame() {
        Sample s = TinyTask.sample(1);
        AtomicInteger steps = new AtomicInteger();

        Template template = of(List.of(s, s), steps);

        assertThat(steps).hasValue(6);
        assertThat(template.image().grid().shape()).containsExactly(14, 27, 15);
        assertThat(Orientation.of(template.image().grid()).code()).isEqualTo("RAS");
        assertThat(template.image().grid().centre().norm()).isLessThan(1e-9);
        Sample seen = Sample.of("template", template.image(), template.labels(), TinyTask.TASK);
        assertThat(seen.labels().labels()).isEqualTo(s.labels().labels());
        assertThat(seen.image().values()).usingComparatorWithPrecision(2e-3f).containsExactly(s.image().values());
    }

    @Test
    void shouldHoldAllStructuresAndSurviveItsFiles() {
        Template template = of(TinyTask.samples(5), new AtomicInteger());

        template.write(folder);
        Template read = Template.read(folder);

        assertThat(read.labels().count(1)).isPositive();
        assertThat(read.labels().count(2)).isPositive();
        assertThat(Dice.meanForeground(read.labels(), template.labels(), 3)).isEqualTo(1);
        assertThat(read.image().values()).containsExactly(template.image().values());
    }
}
