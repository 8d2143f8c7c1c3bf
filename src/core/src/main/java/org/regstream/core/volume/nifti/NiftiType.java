package org.regstream.core.volume.nifti;

import java.nio.ByteBuffer;
import java.util.Map;
import org.regstream.core.DecodeException;

/** How one voxel is stored: NIfTI-1's datatype codes that hold one real number. */
enum NiftiType {
    UINT8(2, 1) {
        @Override
        double next(ByteBuffer in) {
            return in.get() & 0xff;
        }
    },
    INT16(4, 2) {
        @Override
        double next(ByteBuffer in) {
            return in.getShort();
        }
    },
    INT32(8, 4) {
        @Override
        double next(ByteBuffer in) {
            return in.getInt();
        }
    },
    FLOAT32(16, 4) {
        @Override
        double next(ByteBuffer in) {
            return in.getFloat();
        }
    },
    FLOAT64(64, 8) {
        @Override
        double next(ByteBuffer in) {
            return in.getDouble();
        }
    },
    INT8(256, 1) {
        @Override
        double next(ByteBuffer in) {
            return in.get();
        }
    },
    UINT16(512, 2) {
        @Override
        double next(ByteBuffer in) {
            return in.getShort() & 0xffff;
        }
    },
    UINT32(768, 4) {
        @Override
        double next(ByteBuffer in) {
            return in.getInt() & 0xffff_ffffL;
        }
    },
    INT64(1024, 8) {
        @Override
        double next(ByteBuffer in) {
            return in.getLong();
        }
    },
    UINT64(1280, 8) {
        @Override
        double next(ByteBuffer in) {
            long bits = in.getLong();
            return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
        }
    };

    private static final Map<Integer, String> REFUSED = Map.of(1, "binary", 32, "complex64", 128, "rgb24", 1536,
            "float128",
            1792, "complex128", 2048, "complex256", 2304, "rgba32");

    final int code;
    final int bytes;

    NiftiType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The stored number at the buffer's position, in the buffer's byte order. */
    abstract double next(ByteBuffer in);

    static NiftiType of(int code) {
        for (NiftiType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new DecodeException("NIfTI datatype must be an integer or a float of up to 64 bits, got "
                + REFUSED.getOrDefault(code, "unknown") + " (" + code + "); convert the file first");
    }
}
