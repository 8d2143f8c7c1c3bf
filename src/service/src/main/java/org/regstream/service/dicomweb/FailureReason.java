package org.regstream.service.dicomweb;

/** Why an instance was not taken, in the codes of PS3.18 section 10.5.3 and PS3.4 annex B. */
enum FailureReason {
    /** It is of another study than the address says. */
    PROCESSING_FAILURE(0x0110),
    /** The broker did not take it; worth another try. */
    BROKER_AWAY(0xA700),
    /** Larger than a record of the topic may be. */
    TOO_LARGE(0xA701),
    /** No DICOM, or not an image that can be put into a volume. */
    CANNOT_UNDERSTAND(0xC000),
    /** Compressed in a way that the service does not read. */
    TRANSFER_SYNTAX_NOT_SUPPORTED(0xC122);

    private final int code;

    FailureReason(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
