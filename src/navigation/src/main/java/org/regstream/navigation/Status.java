package org.regstream.navigation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * STATUS: how the sender is.
 *
 * <pre>
 * 0      2          10                   30
 * | CODE | SUB_CODE | ERROR_NAME (char)  | MESSAGE (char), 0 |
 * </pre>
 *
 * The message ends with a zero: the reference library overwrites the last byte of the body with one.
 *
 * @param code    the specification's status code
 * @param subCode free; regstream gives the number of open alerts
 * @param name    short word, at most 19 ASCII characters: receivers expect a zero behind it
 * @param message for a person; cut at 1024 characters, and what is not ASCII in it becomes a question mark
 */
public record Status(Code code, long subCode, String name, String message) implements Content {

    public static final String TYPE = "STATUS";
    private static final int HEADER_SIZE = 30;
    private static final int NAME_SIZE = 20;
    private static final int MAX_MESSAGE = 1024;

    /** The specification's codes in use. */
    public enum Code {
        OK(1), UNKNOWN_ERROR(2), TIME_OUT(7), RESOURCES(11), UNKNOWN_INSTRUCTION(12), NOT_READY(13), SHUT_DOWN(19);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    public Status {
        Ascii.require("a status name", name, NAME_SIZE - 1);
        message = Ascii.fit(message, MAX_MESSAGE);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public long size() {
        return HEADER_SIZE + message.length() + 1L;
    }

    @Override
    public void encode(ByteBuffer to) {
        to.putShort((short) code.number()).putLong(subCode);
        Ascii.put(to, name, NAME_SIZE);
        to.put(message.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    }
}
