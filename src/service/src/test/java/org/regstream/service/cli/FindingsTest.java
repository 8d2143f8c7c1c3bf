package org.regstream.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.Prediction;
import org.regstream.core.model.PredictiveUncertainty;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.Volume;
import org.regstream.service.testing.Phantom;

class FindingsTest {

    private static final ModelGrid WINDOW = new ModelGrid(16, 16, 16, 1, "LPS");

    private final Phantom phantom = new Phantom(20, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
    private final FakeModel model = FakeModel.shifting(WINDOW, 0, 0, 0);

    /** The same error in each of three channels is the error of all; two slices at either end lie beyond the window. */
    @Test
    void shouldBringTheStudentsPredictiveUncertaintyToTheFixedGrid() {
        // given
        Registered registered = (Registered) new RegistrationPipeline(model)
                .register(phantom.procedure("p").reference(), phantom.image());
        Grid window = registered.placement().fixedWindow();
        float[] u = new float[3 * window.size()];
        Arrays.fill(u, 0.25f);

        // when
        Findings findings = Findings.of(with(registered, PredictiveUncertainty.takeOwnershipOf(window, 3, u)),
                model.manifest());

        // then
        Volume map = findings.maps().get(Findings.PREDICTIVE_UNCERTAINTY);
        assertThat(map.at(10, 8, 8)).isEqualTo(0.25f);
        assertThat(map.at(0, 8, 8)).isNaN();
        assertThat(findings.network()).isEqualTo("student");
    }

    @Test
    void shouldNotMakeUpAMapThatTheStudentHasNot() {
        Registered registered = (Registered) new RegistrationPipeline(model)
                .register(phantom.procedure("p").reference(), phantom.image());

        assertThat(Findings.of(registered, model.manifest()).maps()).containsOnlyKeys(Findings.LABEL_ENTROPY);
    }

    private static Registered with(Registered r, PredictiveUncertainty u) {
        Prediction p = r.prediction();
        return new Registered(r.input(),
                new Prediction(p.displacement(), p.warped(), p.labelProbabilities(), Optional.of(u)), r.labels(),
                r.box(), r.boxEntropy(), r.quality(), r.structures(), r.modelTime());
    }
}
