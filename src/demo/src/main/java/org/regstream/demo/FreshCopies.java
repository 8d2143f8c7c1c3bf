package org.regstream.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.regstream.core.ConfigurationException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.write.DerivedUid;
import org.regstream.dicom.write.DicomWriter;

/**
 * Instances as if they were scanned now: other series and instance identifiers, the present as acquisition time, and else as the scanner wrote
 * them. Copies of one number belong together as their originals do. Thread-safe.
 */
final class FreshCopies {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSSSS'+0000'")
            .withZone(ZoneOffset.UTC);

    private final String run = UUID.randomUUID().toString();

    /** @param bytes Part 10. Not to be modified */
    record Copy(String seriesInstanceUid, String instanceUid, byte[] bytes) {}

    /** @throws ConfigurationException if its pixels are not written as they lie: they are compressed, or big endian */
    Copy of(DicomObject instance, int number, Instant acquiredAt) {
        requireLittleEndian(instance);
        String series = DerivedUid.of("replayed series",
                List.of(run, String.valueOf(number), instance.string(Tag.SERIES_INSTANCE_UID)));
        String uid = DerivedUid.of("replayed instance", List.of(series, instance.string(Tag.SOP_INSTANCE_UID)));
        return new Copy(series, uid, DicomWriter.write(DicomObject.builder().all(instance)
                .text(Tag.SERIES_INSTANCE_UID, series).text(Tag.SOP_INSTANCE_UID, uid)
                .text(Tag.ACQUISITION_DATE_TIME, DATE_TIME.format(acquiredAt)).build()));
    }

    private static void requireLittleEndian(DicomObject instance) {
        Optional<TransferSyntax> syntax = instance.optionalString(Tag.TRANSFER_SYNTAX_UID).map(TransferSyntax::of);
        if (syntax.filter(s -> s == TransferSyntax.RLE_LOSSLESS || s.isBigEndian()).isPresent()) {
            throw new ConfigurationException("instances of transfer syntax " + syntax.get().uid()
                    + " cannot be given other identifiers, expected native little endian; convert them first: dcmconv +te, "
                    + "after dcmdrle for RLE");
        }
    }
}
