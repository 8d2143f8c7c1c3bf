package org.regstream.dicom.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.regstream.core.Sha256;
import org.regstream.dicom.DicomObject;

/** The stored pixel values of an instance in the form dump_pixels.py prints: rows, columns, frames, SHA-256. */
final class PixelDigest {

    private PixelDigest() {}

    static String of(DicomObject dicom) {
        PixelReader pixels = new PixelReader(dicom, ReadLimits.DEFAULT);
        PixelFormat format = pixels.format();
        MessageDigest sha = Sha256.digest();
        for (int frame = 0; frame < pixels.frames(); frame++) {
            ByteBuffer cells = pixels.cells(frame);
            ByteBuffer values = ByteBuffer.allocate(Long.BYTES * format.pixels()).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at < format.pixels(); at++) {
                values.putLong(format.stored(cells, at));
            }
            sha.update(values.array());
        }
        return String.join("\t", String.valueOf(format.rows()), String.valueOf(format.columns()),
                String.valueOf(pixels.frames()), HexFormat.of().formatHex(sha.digest()));
    }
}
