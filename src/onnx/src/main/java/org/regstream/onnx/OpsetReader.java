package org.regstream.onnx;

import org.regstream.core.ModelException;

/**
 * Reads the version of the default operator set from an ONNX file, which ONNX Runtime does not tell. Only the outer message
 * is walked ({@code ModelProto.opset_import}, field 8: {@code OperatorSetIdProto} with domain 1 and version 2).
 */
final class OpsetReader {

    private static final int OPSET_IMPORT = 8;
    private static final int DOMAIN = 1;
    private static final int VERSION = 2;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;

    private OpsetReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** @throws ModelException if the bytes are no ONNX model or it names no default operator set */
    static int read(byte[] model) {
        OpsetReader r = new OpsetReader(model, 0, model.length);
        int opset = -1;
        while (r.at < r.end) {
            long tag = r.varint();
            int length = r.skip((int) (tag & 7));
            if (tag >>> 3 == OPSET_IMPORT && (tag & 7) == LENGTH_DELIMITED) {
                opset = Math.max(opset, new OpsetReader(model, r.at - length, r.at).defaultVersion());
            }
        }
        if (opset < 0) {
            throw notOnnx();
        }
        return opset;
    }

    /** @return the version, or -1 if this is the operator set of another domain */
    private int defaultVersion() {
        long version = -1;
        boolean isDefault = true;
        while (at < end) {
            long tag = varint();
            if (tag >>> 3 == VERSION && (tag & 7) == VARINT) {
                version = varint();
            } else {
                int length = skip((int) (tag & 7));
                isDefault &= tag >>> 3 != DOMAIN || length == 0;
            }
        }
        return isDefault ? (int) version : -1;
    }

    /** Steps over a value. @return its length without the length prefix */
    private int skip(int wireType) {
        int from = at;
        long length;
        switch (wireType) {
            case VARINT :
                varint();
                return at - from;
            case FIXED64 :
                length = 8;
                break;
            case FIXED32 :
                length = 4;
                break;
            case LENGTH_DELIMITED :
                length = varint();
                break;
            default :
                throw notOnnx();
        }
        if (length < 0 || length > end - at) {
            throw notOnnx();
        }
        at += (int) length;
        return (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw notOnnx();
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw notOnnx();
    }

    private static ModelException notOnnx() {
        return new ModelException("the graph is not an ONNX model; export the package again");
    }
}
