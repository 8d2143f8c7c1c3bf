package org.regstream.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Look;
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
    void shouldReturnEverythingOfEachMemberOnTheFixedGrid() {
        try (RegistrationModel model = openModel()) {
            Grid grid = window(model.manifest().grid(), HERE);

            Look look = look(model, grid, grid);

            assertThat(look.size()).isEqualTo(model.members());
            for (Prediction p : look.members()) {
                assertThat(p.displacement().grid()).isEqualTo(grid);
                assertThat(p.expectedError().grid()).isEqualTo(grid);
                assertThat(p.outline().grid()).isEqualTo(grid);
                assertThat(p.movingOutline().grid()).isEqualTo(grid);
                assertThat(p.outline().channels()).isEqualTo(model.manifest().channels());
            }
        }
    }

    @Test
    void shouldReturnProbabilitiesAndPositiveErrors() {
        try (RegistrationModel model = openModel()) {
            Grid grid = window(model.manifest().grid(), HERE);

            for (Prediction p : look(model, grid, grid).members()) {
                requireProbabilities(p.outline());
                requireProbabilities(p.movingOutline());
                for (float error : p.expectedError().values()) {
                    assertThat(error).isPositive();
                }
            }
        }
    }

    private static void requireProbabilities(LabelProbabilities p) {
        int n = p.grid().size();
        for (int x = 0; x < n; x++) {
            float sum = 0;
            for (int c = 0; c < p.channels(); c++) {
                sum += p.values()[c * n + x];
            }
            assertThat(sum).isCloseTo(1, within(1e-3f));
        }
    }

    @Test
    void shouldGiveTheSameResultAgainInNewArrays() {
        try (RegistrationModel model = openModel()) {
            Grid grid = window(model.manifest().grid(), HERE);

            Look first = look(model, grid, grid);
            float[] kept = first.outline().values().clone();
            Look second = look(model, grid, grid);

            assertThat(second.outline().values()).isEqualTo(kept).isNotSameAs(first.outline().values());
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

            model.look(fixed, moving);

            assertThat(fixed.values()).isEqualTo(RandomData.volume(grid, 1).values());
            assertThat(moving.values()).isEqualTo(RandomData.volume(grid, 2).values());
        }
    }

    @Test
    void shouldRefuseAGridThatIsNotTheWindow() {
        try (RegistrationModel model = openModel()) {
            ModelGrid g = model.manifest().grid();
            Grid grid = window(g, HERE);
            Grid larger = grid.window(0, 0, 0, g.depth() + 1, g.height(), g.width());

            assertThatThrownBy(() -> look(model, larger, larger))
                    .isInstanceOf(ShapeMismatchException.class).hasMessageContaining(larger.toString());
            assertThatThrownBy(() -> look(model, grid, larger)).isInstanceOf(ShapeMismatchException.class);
        }
    }

    @Test
    void shouldRefuseImagesAtDifferentPlaces() {
        try (RegistrationModel model = openModel()) {
            Grid here = window(model.manifest().grid(), HERE);
            Grid there = window(model.manifest().grid(), new Vector3(11, -20, 30));

            assertThatThrownBy(() -> look(model, here, there)).isInstanceOf(ShapeMismatchException.class)
                    .hasMessageContaining("share a grid");
        }
    }

    @Test
    void shouldRefuseCallsOnceClosedAndBeClosedTwice() {
        RegistrationModel model = openModel();
        Grid grid = window(model.manifest().grid(), HERE);

        model.close();
        model.close();

        assertThatThrownBy(() -> look(model, grid, grid)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    private static Look look(RegistrationModel model, Grid fixed, Grid moving) {
        return model.look(RandomData.volume(fixed, 1), RandomData.volume(moving, 2));
    }

    private static Grid window(ModelGrid g, Vector3 origin) {
        double mm = g.spacingMm();
        return new Grid(g.depth(), g.height(), g.width(), Affine.axisAligned(origin, mm, mm, mm));
    }
}
