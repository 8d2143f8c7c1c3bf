package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.LabelMap;

class GivenLabelsTest {

    private static final List<Structure> KNOWN = List.of(new Structure(1, "head", "1", "Head", "#e69f00"),
            new Structure(2, "body", "2", "Body", "#56b4e9"));
    private static final Structure TARGET = new Structure(1, "target", "9", "Neoplasm", "#ff00ff");
    private static final Structure BODY = new Structure(5, "Body", "2", "Body", "#808080");

    private static LabelMap map(int... labels) {
        byte[] values = new byte[labels.length];
        for (int x = 0; x < labels.length; x++) {
            values[x] = (byte) labels[x];
        }
        return LabelMap.takeOwnershipOf(
                new Grid(1, 1, labels.length, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1)), values);
    }

    @Test
    void shouldCallNumbersAsThePackageDoesAndAllOthersByTheirNumber() {
        GivenLabels given = GivenLabels.of(map(255, 0, 2, 7, 7), KNOWN);

        assertThat(given.structures()).extracting(Structure::name).containsExactly("body", "label 7", "label 255");
        assertThat(given.structures()).extracting(Structure::label).containsExactly(2, 7, 255);
    }

    /** On the live image two structures of one colour cannot be told apart. */
    @Test
    void shouldGiveEachStructureAColourOfItsOwn() {
        GivenLabels given = GivenLabels.of(map(1, 2, 6, 7, 12, 18), KNOWN);

        assertThat(given.structures()).extracting(Structure::colour).doesNotHaveDuplicates().hasSize(6)
                .startsWith("#e69f00", "#56b4e9");
        assertThat(GivenLabels.of(map(3, 4, 5, 6, 7, 8, 9, 10), KNOWN).structures()).hasSize(8);
    }

    /** A target that happens to be segment 1 is not the package's first structure. */
    @Test
    void shouldCallSegmentsByWhatTheySayTheyAre() {
        GivenLabels given = GivenLabels.of(new Segmentation(map(1, 5, 0), List.of(TARGET, BODY)), KNOWN);

        assertThat(given.structures()).extracting(Structure::name).containsExactly("body", "target");
        assertThat(given.labels().labels()).containsExactly(given.structures().get(1).label(), 2, 0);
        assertThat(given.structures().get(1).label()).isGreaterThan(2);
    }

    @Test
    void shouldLeaveOutSegmentsThatNobodyAsksForAndMissThoseThatAre() {
        Segmentation segmentation = new Segmentation(map(1, 5, 0), List.of(TARGET, BODY));

        assertThat(GivenLabels.asAskedFor(segmentation, List.of(FakeModel.BODY)).labels().labels())
                .containsExactly(0, FakeModel.BODY.label(), 0);
        assertThatThrownBy(() -> GivenLabels.asAskedFor(segmentation, List.of(FakeModel.HEAD)))
                .isInstanceOf(DecodeException.class).hasMessageContaining("no segment is head, code 1")
                .hasMessageContaining("target, code 9");
    }

    @Test
    void shouldNumberByNameForAComparison() {
        GivenLabels truth = GivenLabels.of(map(2, 7, 0), KNOWN);

        assertThat(truth.numberedAs(List.of(new Structure(9, "body", "2", "Body", "#000000"))).labels())
                .containsExactly(9, 0, 0);
    }
}
