package org.regstream.dicom.read;

import java.nio.charset.StandardCharsets;
import org.regstream.core.DecodeException;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;

/**
 * Reads one DICOM Part 10 instance: native little and big endian, deflated and RLE syntaxes. A missing preamble or file meta
 * group is tolerated where the data set can be recognised. Thread-safe.
 */
public final class DicomReader {
    /** Bytes that tell whether a file is DICOM. */
    public static final int HEAD = 140;

    private static final int PREAMBLE = 128;

    private final ReadLimits limits;

    public DicomReader(ReadLimits limits) {
        this.limits = limits;
    }

    /**
     * @param part10 the whole instance; not modified, not kept
     * @return its attributes; (0002,0010) is the syntax it really was in
     * @throws DecodeException if it is not DICOM, damaged, beyond the limits, or in a syntax we do not read
     */
    public DicomObject read(byte[] part10) {
        if (part10.length > limits.maxBytes()) {
            throw new DecodeException(
                    "instance has " + part10.length + " bytes, expected at most " + limits.maxBytes());
        }
        DicomObjectBuilder target = DicomObject.builder();
        int start = new DataSetReader(part10, metaStart(part10), false, limits).readMeta(target);
        TransferSyntax syntax = Sniffer.syntax(part10, start, target.build().optionalString(Tag.TRANSFER_SYNTAX_UID));
        target.text(Tag.TRANSFER_SYNTAX_UID, syntax.uid());
        readDataSet(part10, start, syntax, target);
        return target.build();
    }

    /**
     * Reads what comes before the data set, whatever syntax that is in.
     *
     * @return the file meta group; without attributes if there is none
     * @throws DecodeException if it is damaged or beyond the limits
     */
    public DicomObject readMeta(byte[] part10) {
        DicomObjectBuilder target = DicomObject.builder();
        new DataSetReader(part10, metaStart(part10), false, limits).readMeta(target);
        return target.build();
    }

    /**
     * Reads the attributes of an instance in a syntax whose pixels we do not read; all of those have data sets in explicit little
     * endian.
     *
     * @return all of them; none where the data set is in another form
     */
    DicomObject readCompressed(byte[] part10) {
        DicomObjectBuilder target = DicomObject.builder();
        try {
            int start = new DataSetReader(part10, metaStart(part10), false, limits).readMeta(target);
            readDataSet(part10, start, TransferSyntax.EXPLICIT_LITTLE_ENDIAN, target);
            return target.build();
        } catch (DecodeException e) {
            return DicomObject.builder().build();
        }
    }

    private void readDataSet(byte[] part10, int start, TransferSyntax syntax, DicomObjectBuilder target) {
        boolean deflated = syntax == TransferSyntax.DEFLATED_EXPLICIT_LITTLE_ENDIAN;
        byte[] bytes = deflated ? Inflate.from(part10, start, limits.maxInflatedBytes()) : part10;
        new DataSetReader(bytes, deflated ? 0 : start, syntax.isBigEndian(), limits).read(target, syntax.isExplicit());
    }

    private static int metaStart(byte[] part10) {
        return isMagic(part10, PREAMBLE) && !isInText(part10) ? PREAMBLE + 4 : isMagic(part10, 0) ? 4 : 0;
    }

    /** The same four letters may be part of a value, in a file that has no preamble. */
    private static boolean isInText(byte[] part10) {
        return (Sniffer.isMeta(part10, 0) || Sniffer.isDataSet(part10, 0))
                && !Sniffer.isMeta(part10, PREAMBLE + 4) && !Sniffer.isDataSet(part10, PREAMBLE + 4);
    }

    /**
     * Whether bytes begin like an instance: with the mark of a DICOM file, a file meta group or a data set.
     *
     * @param head the first {@value #HEAD} bytes, or more
     */
    public static boolean isRecognisable(byte[] head) {
        return metaStart(head) > 0 || Sniffer.isMeta(head, 0) || Sniffer.isDataSet(head, 0);
    }

    private static boolean isMagic(byte[] bytes, int at) {
        return bytes.length >= at + 4 && "DICM".equals(new String(bytes, at, 4, StandardCharsets.US_ASCII));
    }
}
