package org.regstream.dicom.read;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.regstream.dicom.Tag;
import org.regstream.dicom.TransferSyntax;
import org.regstream.dicom.Vr;

/** Writes data sets byte by byte, the legal and the illegal ones alike: what the reader's tests feed it. */
final class DataSetBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TransferSyntax syntax;

    DataSetBytes(TransferSyntax syntax) {
        this.syntax = syntax;
    }

    static DataSetBytes explicit() {
        return new DataSetBytes(TransferSyntax.EXPLICIT_LITTLE_ENDIAN);
    }

    DataSetBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    DataSetBytes u16(int... values) {
        for (int value : values) {
            raw(buffer(2).putShort((short) value).array());
        }
        return this;
    }

    DataSetBytes u32(long value) {
        return raw(buffer(4).putInt((int) value).array());
    }

    /** Tag, representation and length, as the syntax has them. */
    DataSetBytes header(int tag, Vr vr, long length) {
        u16(tag >>> 16, tag & 0xffff);
        if (!syntax.isExplicit()) {
            return u32(length);
        }
        raw(vr.name().getBytes(StandardCharsets.US_ASCII));
        return vr.hasLongLength() ? u16(0).u32(length) : u16((int) length);
    }

    /** An item's or delimiter's tag and length. */
    DataSetBytes item(int tag, long length) {
        return u16(tag >>> 16, tag & 0xffff).u32(length);
    }

    DataSetBytes put(Tag tag, byte[] value) {
        return header(tag.code(), tag.vr(), value.length).raw(value);
    }

    DataSetBytes text(Tag tag, String value) {
        return put(tag, (value.length() % 2 == 0 ? value : value + " ").getBytes(StandardCharsets.ISO_8859_1));
    }

    DataSetBytes us(Tag tag, int value) {
        return put(tag, buffer(2).putShort((short) value).array());
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** The data set behind a preamble and a file meta group that names its syntax. */
    byte[] part10() {
        DataSetBytes meta = explicit();
        meta.text(Tag.TRANSFER_SYNTAX_UID, syntax.uid() + (syntax.uid().length() % 2 == 0 ? "" : "\0"));
        boolean deflated = syntax == TransferSyntax.DEFLATED_EXPLICIT_LITTLE_ENDIAN;
        return explicit().raw(new byte[128]).raw("DICM".getBytes(StandardCharsets.US_ASCII)).raw(meta.bytes())
                .raw(deflated ? deflate(bytes()) : bytes()).bytes();
    }

    static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        byte[] chunk = new byte[1 << 16];
        while (!deflater.finished()) {
            deflated.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        return deflated.toByteArray();
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size)
                .order(syntax.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }
}
