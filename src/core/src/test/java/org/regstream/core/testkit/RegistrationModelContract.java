package org.regstream.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.ShapeMismatchException;
import org.regstream.core.volume.Volume;

/** What every {@link RegistrationModel} that checks its inputs must keep. */
public abstract class RegistrationModelContract {

    private static final Vector3 HERE = new Vector3(10, -20, 30);

    /** A new model; the test closes it. */
    protected abstract RegistrationModel openModel();

    @Test
    void shouldReturnEverythingOnTheFixedGrid() {
        try (RegistrationModel model = openModel()) {
            Grid grid = window(model.manifest().grid(), HERE);

            Prediction p = predict(model, grid, grid, grid);

            assertThat(p.displacement().grid()).isEqualTo(grid);
            assertThat(p.warped().grid()).isEqualTo(grid);
            assertThat(p.labelProbabilities().grid()).isEqualTo(grid);
            assertThat(p.labelProbabilities().channels()).isEqualTo(model.manifest().channels());
        }
    }

    @Test
    void shouldReturnProbabilities() {
        try (RegistrationModel model = openModel()) {
            Grid grid = window(model.manifest().grid(), HERE);

            LabelProbabilities p = predict(model, grid, grid, grid).labelProbabilities();

            for (int x = 0; x < grid.size(); x++) {
                float sum = 0;
                for (int c = 0; c < p.channels(); c++) {
                    sum += p.values()[c * grid.size() + x];
                }
                assertThat(sum).isCloseTo(1, within(1e-3f));
            }
        }
    }

    @Test
    void shouldGiveTheSameResultAgainInNewArrays() {
        try (RegistrationModel model = openModel()) {
            Grid grid = window(model.manifest().grid(), HERE);

            Prediction first = predict(model, grid, grid, grid);
            float[] kept = first.warped().values().clone();
            Prediction second = predict(model, grid, grid, grid);

            assertThat(second.warped().values()).isEqualTo(kept).isNotSameAs(first.warped().values());
            assertThat(second.displacement().components()).isEqualTo(first.displacement().components())
                    .isNotSameAs(first.displacement().components());
        }
    }

    @Test
    void shouldNotModifyItsInputs() {
        try (RegistrationModel model = openModel()) {
            Grid grid = window(model.manifest().grid(), HERE);
            Volume fixed = RandomData.volume(grid, 1);
            Volume moving = RandomData.volume(grid, 2);
            int channels = model.manifest().channels();
            LabelProbabilities labels = LabelProbabilities.oneHot(RandomData.labels(grid, channels, 3), channels);

            model.predict(fixed, moving, labels);

            assertThat(fixed.values()).isEqualTo(RandomData.volume(grid, 1).values());
            assertThat(moving.values()).isEqualTo(RandomData.volume(grid, 2).values());
            assertThat(labels.values()).isEqualTo(
                    LabelProbabilities.oneHot(RandomData.labels(grid, channels, 3), channels).values());
        }
    }

    @Test
    void shouldRefuseAGridThatIsNotTheWindow() {
        try (RegistrationModel model = openModel()) {
            ModelGrid g = model.manifest().grid();
            Grid grid = window(g, HERE);
            Grid larger = grid.window(0, 0, 0, g.depth() + 1, g.height(), g.width());

            assertThatThrownBy(() -> predict(model, larger, larger, larger))
                    .isInstanceOf(ShapeMismatchException.class).hasMessageContaining(larger.toString());
            assertThatThrownBy(() -> predict(model, grid, grid, larger)).isInstanceOf(ShapeMismatchException.class);
        }
    }

    @Test
    void shouldRefuseImagesAtDifferentPlaces() {
        try (RegistrationModel model = openModel()) {
            Grid here = window(model.manifest().grid(), HERE);
            Grid there = window(model.manifest().grid(), new Vector3(11, -20, 30));

            assertThatThrownBy(() -> predict(model, here, there, here)).isInstanceOf(ShapeMismatchException.class)
                    .hasMessageContaining("share a grid");
            assertThatThrownBy(() -> predict(model, here, here, there)).isInstanceOf(ShapeMismatchException.class);
        }
    }

    @Test
    void shouldRefuseCallsOnceClosedAndBeClosedTwice() {
        RegistrationModel model = openModel();
        Grid grid = window(model.manifest().grid(), HERE);

        model.close();
        model.close();

        assertThatThrownBy(() -> predict(model, grid, grid, grid)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    private static Prediction predict(RegistrationModel model, Grid fixed, Grid moving, Grid labels) {
        int channels = model.manifest().channels();
        return model.predict(RandomData.volume(fixed, 1), RandomData.volume(moving, 2),
                LabelProbabilities.oneHot(RandomData.labels(labels, channels, 3), channels));
    }

    private static Grid window(ModelGrid g, Vector3 origin) {
        double mm = g.spacingMm();
        return new Grid(g.depth(), g.height(), g.width(), Affine.axisAligned(origin, mm, mm, mm));
    }
}
