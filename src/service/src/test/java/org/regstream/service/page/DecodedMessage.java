package org.regstream.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A message read by its table, independently of what writes it. */
record DecodedMessage(int version, int type, JsonNode metadata, byte[] blocks) {

    static DecodedMessage of(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(0) != 0x50534752 || in.getInt(12) != message.length) {
            throw new AssertionError("not a whole message of " + message.length + " bytes");
        }
        int length = in.getInt(8);
        try {
            return new DecodedMessage(in.getShort(4), in.getShort(6),
                    new ObjectMapper().readTree(new String(message, 16, length, StandardCharsets.UTF_8)),
                    Arrays.copyOfRange(message, (16 + length + 7) / 8 * 8, message.length));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** @return bytes of a block from its place on */
    ByteBuffer block(String name) {
        int offset = metadata.at("/blocks/" + name + "/offset").asInt();
        return ByteBuffer.wrap(blocks, offset, blocks.length - offset).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
