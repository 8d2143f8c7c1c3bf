package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.core.geometry.Vector3;

class PlaneGroupsTest {

    /** PS3.3 section C.7.6.1.1.1: L, P and H are the ends towards which LPS grows; the main direction comes first. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0, L", "-2, 0, 0, R", "0, 1, 0, P", "0, -1, 0, A", "0, 0, 1, H", "0, 0, -1, F",
            "0, 0.6, -0.8, FP", "0.8, -0.5, 0.3, LAH", "1, 0.0005, 0, L"})
    void shouldNameDirectionsByTheirMainOneFirst(double x, double y, double z, String letters) {
        assertThat(PlaneGroups.towards(new Vector3(x, y, z))).isEqualTo(letters);
    }
}
