package org.regstream.core.procedure;

import java.util.Optional;
import org.regstream.core.assembly.Frame;

/**
 * Which live frames belong to a procedure: those that have each UID that is given. At least one is.
 */
public record LiveSelector(Optional<String> studyInstanceUid, Optional<String> seriesInstanceUid,
        Optional<String> frameOfReferenceUid) {

    /** DICOM PS3.5: a UID has up to 64 characters. */
    private static final int MAX_UID = 64;

    public LiveSelector {
        if (studyInstanceUid.isEmpty() && seriesInstanceUid.isEmpty() && frameOfReferenceUid.isEmpty()) {
            throw new IllegalArgumentException("a procedure must select live frames by study, series or frame of "
                    + "reference UID, got none of them; without one every patient's frames would match");
        }
        requireUid("studyInstanceUid", studyInstanceUid);
        requireUid("seriesInstanceUid", seriesInstanceUid);
        requireUid("frameOfReferenceUid", frameOfReferenceUid);
    }

    public static LiveSelector study(String uid) {
        return new LiveSelector(Optional.of(uid), Optional.empty(), Optional.empty());
    }

    public static LiveSelector series(String uid) {
        return new LiveSelector(Optional.empty(), Optional.of(uid), Optional.empty());
    }

    public boolean matches(Frame frame) {
        return accepts(studyInstanceUid, frame.studyInstanceUid())
                && accepts(seriesInstanceUid, frame.seriesInstanceUid())
                && accepts(frameOfReferenceUid, frame.frameOfReferenceUid());
    }

    private static boolean accepts(Optional<String> wanted, String got) {
        return wanted.isEmpty() || wanted.get().equals(got);
    }

    private static void requireUid(String what, Optional<String> uid) {
        if (uid.isPresent() && !(uid.get().length() <= MAX_UID && uid.get().matches("[0-9]+(\\.[0-9]+)*"))) {
            throw new IllegalArgumentException(
                    what + " must be a DICOM UID (digits and dots, up to 64 characters), got " + uid.get().length()
                            + " other characters");
        }
    }
}
