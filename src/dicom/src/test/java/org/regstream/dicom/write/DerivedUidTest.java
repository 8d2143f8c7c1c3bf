package org.regstream.dicom.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedUidTest {

    /** Golden: a change would give every published object a new name. */
    @Test
    void shouldStayTheSame() {
        assertThat(DerivedUid.of("segmentation", List.of("1.2.3", "abc")))
                .isEqualTo("2.25.249270619018951281524452079218534861420");
    }

    @Test
    void shouldBeAUuidOfVersion8() {
        BigInteger uuid = new BigInteger(DerivedUid.of("k", List.of()).substring("2.25.".length()));

        assertThat(uuid.shiftRight(76).intValue() & 0xf).isEqualTo(8);
        assertThat(uuid.shiftRight(62).intValue() & 3).isEqualTo(2);
        assertThat(uuid.bitLength()).isLessThanOrEqualTo(128);
    }

    @Test
    void shouldTellKindsPartsAndOrdersApart() {
        assertThat(List.of(DerivedUid.of("a", List.of("b", "c")), DerivedUid.of("a", List.of("c", "b")),
                DerivedUid.of("a", List.of("bc")), DerivedUid.of("ab", List.of("c")),
                DerivedUid.of("a", List.of("b", "c", "")))).doesNotHaveDuplicates();
    }
}
