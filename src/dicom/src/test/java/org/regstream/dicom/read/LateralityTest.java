package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

class LateralityTest {

    @ParameterizedTest
    @CsvSource({"L, LEFT", "R, RIGHT", "B, BOTH", "U, UNTOLD", "'', UNTOLD", "X, UNTOLD"})
    void shouldReadTheSideOfASeriesOrOfAnImage(String code, Laterality expected) {
        assertThat(Laterality.of(DicomObject.builder().text(Tag.LATERALITY, code).build())).isEqualTo(expected);
        assertThat(Laterality.of(DicomObject.builder().text(Tag.IMAGE_LATERALITY, code).build())).isEqualTo(expected);
    }

    @Test
    void shouldTakeTheFramesWordBeforeTheImagesAndTheImagesBeforeTheSeries() {
        // given
        DicomObject image = DicomObject.builder().text(Tag.LATERALITY, "R").text(Tag.IMAGE_LATERALITY, "L").build();
        DicomObject shared = DicomObject.builder().text(Tag.LATERALITY, "R")
                .item(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, anatomy("L")).build();
        DicomObject perFrame = DicomObject.builder().text(Tag.IMAGE_LATERALITY, "R")
                .items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, List.of(anatomy("L"), anatomy("L"))).build();

        // then
        assertThat(List.of(image, shared, perFrame)).extracting(Laterality::of).containsOnly(Laterality.LEFT);
    }

    @Test
    void shouldSayBothOfAVolumeWithSlicesOfEither() {
        DicomObject left = DicomObject.builder().text(Tag.LATERALITY, "L").build();
        DicomObject right = DicomObject.builder().text(Tag.LATERALITY, "R").build();
        assertThat(Laterality.of(List.of(left, right, left))).isEqualTo(Laterality.BOTH);
    }

    @Test
    void shouldContradictOnlyTheOtherSide() {
        assertThat(Laterality.LEFT.contradicts(Laterality.RIGHT)).isTrue();
        assertThat(Laterality.RIGHT.contradicts(Laterality.LEFT)).isTrue();
        assertThat(Laterality.LEFT.contradicts(Laterality.LEFT)).isFalse();
        assertThat(Laterality.LEFT.contradicts(Laterality.BOTH)).isFalse();
        assertThat(Laterality.UNTOLD.contradicts(Laterality.RIGHT)).isFalse();
    }

    private static DicomObject anatomy(String code) {
        return DicomObject.builder().item(Tag.FRAME_ANATOMY_SEQUENCE,
                DicomObject.builder().text(Tag.FRAME_LATERALITY, code).build()).build();
    }
}
