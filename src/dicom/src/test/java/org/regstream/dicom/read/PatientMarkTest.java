package org.regstream.dicom.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

class PatientMarkTest {

    /** Patient ID, issuer, birth date, sex; first of the pre-operative, then of the live image. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', emptyValue = "", nullValues = "-", textBlock = """
            17 | H | 19700101 | F | 17 | H | 19700101 | F | -
            17 | H | 19700101 | F | 18 | H | 19700101 | F | Patient ID
            17 | H | 19700101 | F | 17 | H | 19700102 | F | Patient's Birth Date
            17 | H | 19700101 | F | 17 | H | 19700101 | M | Patient's Sex
            17 | H | 19700101 | F | 18 | H | 19700102 | M | Patient ID, Patient's Birth Date, Patient's Sex
            17 | H | 19700101 | F | 18 | I | 19700101 | F | -
            17 | '' | 19700101 | F | 18 | I | 19700101 | F | Patient ID
            17 | H | 19700101 | F | '' | '' | '' | '' | -
            '' | '' | '' | '' | 18 | I | 19700102 | M | -
            17 | '' | '' | '' | 18 | '' | '' | '' | Patient ID
            17 | '' | '' | f | 17 | '' | '' | F | -
            """)
    void shouldTellInWhatTwoImagesAreOfDifferentPatients(String id, String issuer, String birth, String sex,
            String otherId, String otherIssuer, String otherBirth, String otherSex, String differences) {
        PatientMark mark = PatientMark.of(List.of(patient(id, issuer, birth, sex)));

        List<String> found = mark.differences(List.of(patient(otherId, otherIssuer, otherBirth, otherSex)));

        assertThat(String.join(", ", found)).isEqualTo(differences == null ? "" : differences);
    }

    @Test
    void shouldFindOneOtherAmongManyOfTheSame() {
        DicomObject own = patient("17", "", "", "");

        assertThat(PatientMark.of(List.of(own, own)).differences(List.of(own, own, patient("18", "", "", ""))))
                .containsExactly("Patient ID");
    }

    @Test
    void shouldRefuseImagesOfTwoPatients() {
        assertThatThrownBy(() -> PatientMark.of(List.of(patient("17", "", "", ""), patient("18", "", "", ""))))
                .isInstanceOf(DecodeException.class).hasMessageContaining("2 patients").hasMessageNotContaining("17");
    }

    /** Nor does it say that two procedures are of one patient. */
    @Test
    void shouldHoldNothingOfThePatient() {
        DicomObject patient = patient("4711-0815", "HOSPITAL", "19700101", "F");

        PatientMark one = PatientMark.of(List.of(patient));
        PatientMark other = PatientMark.of(List.of(patient));

        assertThat(one.id()).isPresent().isNotEqualTo(other.id());
        assertThat(List.of(one.salt(), one.id().get(), one.issuer().get(), one.birthDate().get(), one.sex().get()))
                .noneMatch(text -> text.contains("4711-0815") || text.contains("19700101"));
        assertThat(one.toString()).isEqualTo("PatientMark");
    }

    private static DicomObject patient(String id, String issuer, String birth, String sex) {
        return DicomObject.builder().text(Tag.PATIENT_ID, id).text(Tag.ISSUER_OF_PATIENT_ID, issuer)
                .text(Tag.PATIENT_BIRTH_DATE, birth).text(Tag.PATIENT_SEX, sex).build();
    }
}
