package org.regstream.gateway.refuse;

import java.util.Locale;

/** Why an instance was not taken, with the C-STORE status (PS3.4 B.2.3) that tells the sender whether to try again. */
public enum Refusal {
    /** The topic did not acknowledge the record: send it again later. */
    BROKER_AWAY(0xA700),
    /** The data set is not the instance that the command announced, or says to which series it belongs. */
    MISMATCH(0xA900),
    /** The data set cannot be read or its pixels cannot be decoded: the same bytes will never be taken. */
    UNREADABLE(0xC000),
    /** More bytes than the gateway takes, as sent or once decoded: the same object will never be taken. */
    TOO_LARGE(0xC001);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    /** @return status of the C-STORE response */
    public int status() {
        return status;
    }

    /** @return name in metrics and logs, such as {@code broker-away} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
