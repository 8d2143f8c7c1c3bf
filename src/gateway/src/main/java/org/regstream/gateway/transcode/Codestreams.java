package org.regstream.gateway.transcode;

import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.regstream.gateway.refuse.Refusal;
import org.regstream.gateway.refuse.RefusedException;

/**
 * Compressed pixels as a data set holds them.
 *
 * @param sizes of the images in them, in their order
 * @param bytes all fragments take
 */
record Codestreams(List<CodestreamSize> sizes, long bytes) {

    static Codestreams of(Attributes dataset) {
        if (!(dataset.getValue(Tag.PixelData) instanceof Fragments fragments)) {
            return new Codestreams(List.of(), 0);
        }
        List<byte[]> pieces = fragments.stream().filter(byte[].class::isInstance).map(byte[].class::cast).toList();
        return new Codestreams(pieces.stream().flatMap(piece -> CodestreamSize.of(piece).stream()).toList(),
                pieces.stream().mapToLong(piece -> piece.length).sum());
    }

    /** @throws RefusedException if one of them, or none, is of the size that the header declares */
    void requireSizeOf(Attributes dataset) {
        CodestreamSize header = new CodestreamSize(dataset.getInt(Tag.Columns, 0), dataset.getInt(Tag.Rows, 0));
        if (sizes.isEmpty() || !sizes.stream().allMatch(header::equals)) {
            throw new RefusedException(Refusal.UNREADABLE, "codestream is not of the size that the header declares");
        }
    }
}
