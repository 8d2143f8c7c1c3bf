package org.regstream.dicom.read;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.regstream.core.DecodeException;
import org.regstream.core.Sha256;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;

/**
 * Tells whether images are of one patient without saying of whom: salted hashes of what identifies the patient. Whoever has them can test a guess, so they stay with
 * the procedure; they are no way back.
 *
 * @param salt      goes before every value, 32 hexadecimal digits; empty if nothing is known
 * @param id        of Patient ID
 * @param issuer    of Issuer of Patient ID; ids of two issuers say nothing of each other
 * @param birthDate of Patient's Birth Date
 * @param sex       of Patient's Sex
 */
public record PatientMark(String salt, Optional<String> id, Optional<String> issuer, Optional<String> birthDate,
        Optional<String> sex) {

    /** Of images that name nobody. */
    public static final PatientMark NONE = new PatientMark("", Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());

    private static final int SALT_BYTES = 16;

    public PatientMark {
        require(salt.isEmpty() || salt.matches("[0-9a-f]{32}"));
        for (Optional<String> hash : List.of(id, issuer, birthDate, sex)) {
            require(hash.isEmpty() || !salt.isEmpty() && hash.get().matches("[0-9a-f]{64}"));
        }
    }

    private static void require(boolean isHash) {
        if (!isHash) {
            throw new IllegalArgumentException(
                    "a patient's mark must be hexadecimal digits: 32 of salt, 64 of each hash");
        }
    }

    /**
     * Salted anew.
     *
     * @param instances of one image
     * @throws DecodeException if they are of more than one patient
     */
    public static PatientMark of(Collection<DicomObject> instances) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        String hex = HexFormat.of().formatHex(salt);
        PatientMark mark = new PatientMark(hex, only(hex, Tag.PATIENT_ID, instances),
                only(hex, Tag.ISSUER_OF_PATIENT_ID, instances), only(hex, Tag.PATIENT_BIRTH_DATE, instances),
                only(hex, Tag.PATIENT_SEX, instances));
        return mark.isEmpty() ? NONE : mark;
    }

    private boolean isEmpty() {
        return id.isEmpty() && birthDate.isEmpty() && sex.isEmpty();
    }

    private static Optional<String> only(String salt, Tag tag, Collection<DicomObject> instances) {
        Set<String> hashes = hashes(salt, tag, instances);
        if (hashes.size() > 1) {
            throw new DecodeException("the images are of " + hashes.size() + " patients: they differ in " + tag
                    + "; send those of one");
        }
        return hashes.stream().findFirst();
    }

    /**
     * In what images say that they are of another patient; whoever does not say contradicts nobody.
     *
     * @return names of attributes; empty if nothing speaks against it
     */
    public List<String> differences(Collection<DicomObject> instances) {
        List<String> differences = new ArrayList<>();
        if (!differs(issuer, Tag.ISSUER_OF_PATIENT_ID, instances) && differs(id, Tag.PATIENT_ID, instances)) {
            differences.add("Patient ID");
        }
        if (differs(birthDate, Tag.PATIENT_BIRTH_DATE, instances)) {
            differences.add("Patient's Birth Date");
        }
        if (differs(sex, Tag.PATIENT_SEX, instances)) {
            differences.add("Patient's Sex");
        }
        return differences;
    }

    private boolean differs(Optional<String> own, Tag tag, Collection<DicomObject> instances) {
        return own.isPresent() && hashes(salt, tag, instances).stream().anyMatch(hash -> !hash.equals(own.get()));
    }

    private static Set<String> hashes(String salt, Tag tag, Collection<DicomObject> instances) {
        return instances.stream().flatMap(dicom -> dicom.optionalString(tag).stream()).map(String::strip).distinct()
                .filter(value -> !value.isEmpty()).map(value -> hash(salt, tag, value)).collect(Collectors.toSet());
    }

    private static String hash(String salt, Tag tag, String value) {
        return Sha256.hex((salt + tag.name() + "=" + value.toUpperCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "PatientMark";
    }
}
