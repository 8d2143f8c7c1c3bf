package org.regstream.navigation.server;

import org.regstream.core.Sha256;

/**
 * Device names of one procedure: what it is, an underscore, and the procedure's tag. A name has 20 bytes, so a procedure id of
 * more than 8 characters is replaced by the first 8 hexadecimal digits of its SHA-256.
 *
 * @param tag of at most 8 characters
 */
record DeviceNames(String tag) {

    private static final int TAG_SIZE = 8;

    static DeviceNames of(String procedureId) {
        return new DeviceNames(procedureId.length() <= TAG_SIZE
                ? procedureId
                : Sha256.hex(procedureId).substring(0, TAG_SIZE));
    }

    String live() {
        return "Live_" + tag;
    }

    /** From, to: as navigation systems name transforms. */
    String pose() {
        return "PreopToLive_" + tag;
    }

    String labels() {
        return "Labels_" + tag;
    }

    String labelList() {
        return "LabelList_" + tag;
    }

    String surface(int label) {
        return "Surface" + label + "_" + tag;
    }

    String uncertainty() {
        return "Uncertainty_" + tag;
    }

    String deformation() {
        return "Deformation_" + tag;
    }

    String alert() {
        return "Alert_" + tag;
    }

    String status() {
        return "Status_" + tag;
    }
}
