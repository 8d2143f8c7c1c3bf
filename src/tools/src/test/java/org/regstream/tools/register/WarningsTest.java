package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.dicom.read.GivenLabels;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.tools.register.RegistrationReport.Warning;

class WarningsTest {

    private static final ModelGrid WINDOW = new ModelGrid(16, 16, 16, 1, "LPS");
    private static final Structure TARGET = new Structure(1, "target", "108369006", "Neoplasm", "#e69f00");

    private final Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));

    private Registered register(FakeModel model, Reference reference) {
        return (Registered) new RegistrationPipeline(model).register(reference, phantom.image());
    }

    private static List<Warning> warnings(FakeModel model, Registered registered) {
        return new Warnings(model.manifest().thresholds()).of(Findings.of(registered, model.manifest()));
    }

    @Test
    void shouldSayThatAStructureWithoutLimitsIsNotJudged() {
        // given
        FakeModel model = FakeModel.shifting(WINDOW, 0, 0, 0);
        Reference both = phantom.procedure("p").reference();
        Reference target = new Reference(both.image(), GivenLabels.only(both.labels(), List.of(TARGET)),
                List.of(TARGET), both.alignment(),
                Optional.empty(), both.frameOfReferenceUid());

        // when
        List<Warning> warnings = warnings(model, register(model, target));

        // then
        assertThat(warnings)
                .containsExactly(new Warning("target", "not judged: no limits", null, null, "1", "fake-1"));
    }

    /** Labels may be right on the live image and wrong on their own, or the other way round. */
    @Test
    void shouldHoldTheWorseOfBothSidesAgainstTheLimit() {
        // given: the network calls the bright body the head, on either image
        FakeModel model = FakeModel.shifting(WINDOW, 0, 0, 0).withThresholds(new AlertThresholds("disputed", 1,
                Map.of("head", 5.0, "body", 5.0), Map.of(), Map.of(), Map.of("head", 1.0), Optional.empty(), 1, ""));
        Registered registered = register(model, phantom.procedure("p").reference());
        ReliabilityFeatures features = registered.structures().get(0).features().orElseThrow();

        // when
        List<Warning> warnings = warnings(model, registered);

        // then
        double worse = Math.min(features.outlineDice().getAsDouble(), features.movingOutlineDice().getAsDouble());
        assertThat(warnings).containsExactly(new Warning("head", "outline Dice", worse, 1.0, "1", "disputed"));
    }
}
