package org.regstream.tools.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.read.GivenLabels;
import org.regstream.dicom.testkit.Phantom;

class FindingsTest {

    private static final ModelGrid WINDOW = new ModelGrid(16, 16, 16, 1, "LPS");

    private final Phantom phantom = new Phantom(20, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
    private final FakeModel model = FakeModel.shifting(WINDOW, 0, 0, 0);

    /** The fake network expects a quarter of a voxel of 1 mm; two slices at either end lie beyond the window. */
    @Test
    void shouldBringMapsToTheFixedGridAndCallTheEntropyTheUncertainty() {
        // given
        Registered registered = (Registered) new RegistrationPipeline(model)
                .register(phantom.procedure("p").reference(), phantom.image());

        // when
        Findings findings = Findings.of(registered, model.manifest());

        // then
        Volume map = findings.maps().get("expected_error");
        assertThat(map.at(10, 8, 8)).isEqualTo(0.25f);
        assertThat(map.at(0, 8, 8)).isNaN();
        assertThat(findings.maps().get("uncertainty").values())
                .isEqualTo(findings.maps().get("label_entropy").values());
        assertThat(findings.network()).isEqualTo("student");
    }

    @Test
    void shouldNotMakeUpASpreadThatTheStudentHasNot() {
        Registered registered = (Registered) new RegistrationPipeline(model)
                .register(phantom.procedure("p").reference(), phantom.image());

        assertThat(Findings.of(registered, model.manifest()).maps()).containsOnlyKeys("uncertainty", "label_entropy",
                "expected_error");
    }

    @Test
    void shouldOutlineOnlyStructuresThatWereGiven() {
        // given: the fake network outlines what is bright as the head, whatever was given
        Reference both = phantom.procedure("p").reference();
        LabelMap bodyAlone = GivenLabels.only(both.labels(), List.of(FakeModel.BODY));
        Reference reference = new Reference(both.image(), bodyAlone, List.of(FakeModel.BODY), both.alignment(),
                Optional.empty(), both.frameOfReferenceUid());

        // when
        Registered registered = (Registered) new RegistrationPipeline(model).register(reference, phantom.image());

        // then
        Registered whole = (Registered) new RegistrationPipeline(model).register(both, phantom.image());
        assertThat(Findings.of(whole, model.manifest()).outline(model.manifest()).count(FakeModel.HEAD.label()))
                .as("where both are given").isPositive();
        assertThat(Findings.of(registered, model.manifest()).outline(model.manifest()).maxLabel()).isZero();
        assertThat(registered.labels().count(FakeModel.HEAD.label())).isZero();
    }
}
