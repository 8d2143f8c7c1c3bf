package org.regstream.service.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A message to a page, version 1, little endian:
 * <pre>
 * offset  size
 *      0     4  "RGSP" as an unsigned number, 0x50534752
 *      4     2  version, 1
 *      6     2  type
 *      8     4  bytes of the metadata, n
 *     12     4  bytes of the whole message
 *     16     n  metadata: a JSON object in UTF-8
 * then, from the next multiple of 8 bytes on, the blocks, each at a multiple of 8 bytes from there, where the metadata say:
 *     "blocks": {"image": {"offset": 0, "type": "uint16", "shape": [D, H, W]}, ...}
 * </pre>
 * Arrays are [D, H, W], columns fastest. A page refuses a version that it does not know.
 */
final class PageMessage {

    static final int MAGIC = 0x50534752;
    static final int VERSION = 1;
    static final int HEADER = 16;
    private static final int ALIGNMENT = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a message says. */
    enum Type {
        /** An image with its labels. */
        RESULT(1),
        /** The labels shown are not valid any more. */
        WITHDRAWN(2),
        /** An alert as on the topic. */
        ALERT(3),
        /** The service is there. */
        HEARTBEAT(4),
        /** The procedure is over, or another instance has it. */
        END(5),
        /** The overlap that the ensemble predicts of a volume that is not the newest any more. */
        FIGURES(6);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /**
     * An array on its way.
     *
     * @param name  in the metadata
     * @param type  of an element: {@code uint8} or {@code uint16}
     * @param shape [D, H, W]
     * @param bytes little endian. Not to be modified
     */
    record Block(String name, String type, int[] shape, byte[] bytes) {}

    private PageMessage() {}

    static ObjectNode metadata() {
        return JSON.createObjectNode();
    }

    /** @param metadata gets the blocks' places; not to be used afterwards */
    static byte[] encode(Type type, ObjectNode metadata, List<Block> blocks) {
        int at = 0;
        ObjectNode places = metadata.putObject("blocks");
        for (Block block : blocks) {
            ObjectNode place = places.putObject(block.name()).put("offset", at).put("type", block.type());
            place.putPOJO("shape", block.shape());
            at += aligned(block.bytes().length);
        }
        byte[] json = write(metadata);
        int start = aligned(HEADER + json.length);
        ByteBuffer out = ByteBuffer.allocate(start + at).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putShort((short) VERSION).putShort((short) type.code()).putInt(json.length)
                .putInt(start + at).put(json).position(start);
        for (Block block : blocks) {
            out.put(block.bytes()).position(aligned(out.position()));
        }
        return out.array();
    }

    private static int aligned(int offset) {
        return Math.addExact(offset, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static byte[] write(ObjectNode metadata) {
        try {
            return JSON.writeValueAsBytes(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written as JSON", e);
        }
    }
}
