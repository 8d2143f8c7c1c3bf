package org.regstream.core.assembly;

/**
 * Why a group of frames is not a volume. Each rule is checked, none is repaired: a volume that breaks one is refused as a
 * whole, never guessed.
 */
public enum AssemblyRule {

    MIXED_STUDY("mixed-study", "Slices of one series name different studies. Check the sender's routing."),

    MIXED_FRAME_OF_REFERENCE("mixed-frame-of-reference",
            "Slices of one volume lie in different patient spaces. Acquire again without repositioning in between."),

    /** Also a localizer that shares the series. */
    MIXED_ORIENTATION("mixed-orientation",
            "Slices of one volume are tilted against each other, as when a localizer shares the series. "
                    + "Send the volume in a series of its own."),

    MIXED_MATRIX("mixed-matrix", "Slices of one volume have different numbers of rows or columns. "
            + "Send the volume in a series of its own."),

    MIXED_PIXEL_SPACING("mixed-pixel-spacing", "Slices of one volume have different pixel spacings. "
            + "Send the volume in a series of its own."),

    CONTRADICTORY_COUNT("contradictory-count",
            "Slices of one volume declare different numbers of slices. Check the scanner's protocol."),

    /** One SOP Instance UID, two places in space. */
    REUSED_INSTANCE_UID("reused-instance-uid",
            "Two different slices carry the same instance UID. Check the sender; one of them would be lost."),

    DUPLICATE_POSITION("duplicate-position",
            "Two different slices lie at the same position. Let the scanner send a Temporal Position Identifier, a Trigger"
                    + " Time or an Acquisition Number that is another one for each volume."),

    GAP("gap", "Slices are missing. Send the series again."),

    IRREGULAR_SPACING("irregular-spacing", "Slices are not evenly spaced. Acquire the volume as one regular stack."),

    /** Even shifts, as by a tilted gantry, are read. */
    SHEARED("sheared", "Slices are shifted sideways against each other, unevenly or by more than they are apart."
            + " Acquire the volume as one regular stack, or send a resampled series."),

    TOO_FEW_SLICES("too-few-slices", "A volume needs at least two slices. Send the whole series."),

    TOO_MANY_SLICES("too-many-slices",
            "More slices came than the volume declares. Send each volume or phase with its own number."),

    /** The volume had been closed by silence and went out without this slice. */
    SLICE_AFTER_CLOSE("slice-after-close",
            "Slices came after their volume had been closed: the last volume was incomplete. "
                    + "Lengthen the assembly time-out, or let the scanner declare the number of slices."),

    TOO_MANY_FRAMES("too-many-frames", "More unfinished slices are waiting than the set limit. "
            + "Check for series that are never finished, or raise the limit."),

    TOO_MANY_BYTES("too-many-bytes", "Unfinished volumes need more memory than the set limit. "
            + "Check for series that are never finished, or raise the limit.");

    private final String code;
    private final String sentence;

    AssemblyRule(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** Stable name for headers, metrics and logs. */
    public String code() {
        return code;
    }

    /** What happened and what the operator can do. */
    public String sentence() {
        return sentence;
    }
}
