package org.regstream.service.dicomweb;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.UnreadableSyntaxException;
import org.regstream.dicom.read.FrameReader;
import org.regstream.service.dicomweb.MultipartReader.Part;

/** Whether an instance can be put into a volume: what the line would dead-letter later is refused at the door. Thread-safe. */
final class InstanceCheck {

    private static final Logger LOG = Logger.getLogger(InstanceCheck.class);

    sealed interface Verdict {}

    /** @param series its SeriesInstanceUID
     *  @param part10 as it was sent */
    record Fit(SopReference instance, String series, byte[] part10) implements Verdict {}

    /** @param instance empty if it cannot be named */
    record Unfit(Optional<SopReference> instance, FailureReason reason) implements Verdict {}

    private final FrameReader reader;
    private final Clock clock;

    InstanceCheck(FrameReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** @param study that the instance must be of; empty if any will do */
    Verdict check(Part part, Optional<String> study) {
        if (part.content().isEmpty()) {
            return new Unfit(Optional.empty(), FailureReason.TOO_LARGE);
        }
        if (!part.contentType().map(InstanceCheck::isDicom).orElse(true)) {
            return new Unfit(Optional.empty(), FailureReason.CANNOT_UNDERSTAND);
        }
        byte[] part10 = part.content().get();
        try {
            return check(part10, study);
        } catch (UnreadableSyntaxException e) {
            LOG.debugf("instance refused: %s", e.getMessage());
            return new Unfit(nameInMeta(part10), FailureReason.TRANSFER_SYNTAX_NOT_SUPPORTED);
        } catch (DecodeException e) {
            LOG.debugf("instance refused: %s", e.getMessage());
            return new Unfit(nameInMeta(part10), FailureReason.CANNOT_UNDERSTAND);
        }
    }

    private Verdict check(byte[] part10, Optional<String> study) {
        DicomObject dicom = reader.readObject(part10);
        reader.frames(dicom, clock.instant());
        Optional<SopReference> name = SopReference.of(dicom);
        return study.isPresent() && !study.get().equals(dicom.string(Tag.STUDY_INSTANCE_UID))
                ? new Unfit(name, FailureReason.PROCESSING_FAILURE)
                : new Fit(name.orElseThrow(), dicom.string(Tag.SERIES_INSTANCE_UID), part10);
    }

    /** Without a type of its own a part is of the type that the request says. */
    private static boolean isDicom(String type) {
        return type.toLowerCase(Locale.ROOT).matches("\\s*application/dicom\\s*(;.*)?");
    }

    private Optional<SopReference> nameInMeta(byte[] part10) {
        try {
            return SopReference.of(reader.readMeta(part10));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }
}
