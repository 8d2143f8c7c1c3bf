package org.regstream.core.alert;

import java.util.EnumSet;
import java.util.Set;
import org.regstream.core.assembly.AssemblyRule;

/** What an alert is about. Clinical codes speak of the overlay, technical ones of the system behind it. */
public enum AlertCode {

    /**
     * The Dice predicted for a warped structure is below its limit, or, where none is predicted, its mean label entropy above;
     * or the structure has left the image.
     */
    LABEL_UNCERTAIN(Kind.CLINICAL, AlertPriority.MEDIUM,
            "Do not rely on its outline; compare with the live image.", "its outline is within limits again."),

    /** The network outlines a structure elsewhere than its labels are, on the live or on the pre-operative image. */
    OUTLINE_DISPUTED(Kind.CLINICAL, AlertPriority.MEDIUM,
            "Carried labels and the live image may not belong together: compare them.",
            "carried labels and the network's outline agree again."),

    /** How far a structure's labels can be trusted is not known: calibration saw nothing like this case. */
    NOT_JUDGED(Kind.CLINICAL, AlertPriority.LOW, "Nothing vouches for its outline: compare with the live image.",
            "its outline can be judged again."),

    /** The live volume does not cover all of a structure. */
    PARTLY_COVERED(Kind.CLINICAL, AlertPriority.INFORMATION, "What lies outside the scan is not shown.",
            "it is covered as a whole again."),

    /** The patient lies otherwise than in the volume registered before; labels follow. */
    PATIENT_MOVED(Kind.CLINICAL, AlertPriority.INFORMATION, "The overlay follows; what was set up before may not.",
            "The patient lies still again."),

    /** Too large a share of the field has a Jacobian determinant at or below 0. */
    FOLDING(Kind.CLINICAL, AlertPriority.MEDIUM, "Do not rely on the overlay; compare with the live image.",
            "The overlay is free of implausible folds again."),

    /** Slices of a live volume are missing. */
    GAP(Kind.TECHNICAL, AlertPriority.MEDIUM, "The overlay was not updated.", "A whole volume came again."),

    /** A live volume is not one regular stack, or not in the patient space of the procedure. */
    WRONG_GEOMETRY(Kind.TECHNICAL, AlertPriority.MEDIUM, "The overlay was not updated.",
            "A volume with usable geometry came again."),

    /** Unfinished volumes exceed a limit. */
    INTAKE_LIMIT(Kind.TECHNICAL, AlertPriority.MEDIUM, "The overlay was not updated.",
            "Volumes are taken in again."),

    /** The newest result is older than the age budget. */
    STALE(Kind.TECHNICAL, AlertPriority.HIGH, "The overlay shows the past: do not rely on it.",
            "The overlay is up to date again."),

    /** A volume came in, but no registration of it can be trusted. */
    NO_VALID_REGISTRATION(Kind.TECHNICAL, AlertPriority.MEDIUM, "No overlay is shown for this volume.",
            "Registration works again."),

    /** Labels went out, but what should have checked them failed. */
    NOT_ASSESSED(Kind.TECHNICAL, AlertPriority.MEDIUM,
            "The overlay is shown without a check: compare with the live image.", "The overlay is checked again."),

    /** A volume was dropped for a newer one. */
    SUPERSEDED(Kind.TECHNICAL, AlertPriority.INFORMATION, "Only the newest volume is registered.",
            "Every volume is registered again."),

    /** Ages cannot be right: the scanner's clock, its time zone or this machine's clock. */
    CLOCKS_DISAGREE(Kind.TECHNICAL, AlertPriority.LOW,
            "What is told of the overlay's age may be wrong: check clock and time zone of scanner and service.",
            "Clocks agree again."),

    /** A source repeats one image under new names and times. */
    FROZEN_IMAGE(Kind.TECHNICAL, AlertPriority.HIGH, "The overlay shows the past: do not rely on it.",
            "The live image moves again."),

    /** A display that confirmed what it shows does not any more, or none does where some must. */
    RECEIPTS_MISSING(Kind.TECHNICAL, AlertPriority.MEDIUM,
            "Look whether the display still shows the live overlay.", "Displays confirm what they show again.");

    /** What must be seen although it is over: live images were lost, or had no overlay that can be trusted. */
    private static final Set<AlertCode> LATCHING = EnumSet.of(GAP, WRONG_GEOMETRY, INTAKE_LIMIT, NO_VALID_REGISTRATION);

    /** Whom an alert concerns first. */
    public enum Kind {
        CLINICAL, TECHNICAL
    }

    private final Kind kind;
    private final AlertPriority priority;
    private final String action;
    private final String clearance;

    AlertCode(Kind kind, AlertPriority priority, String action, String clearance) {
        this.kind = kind;
        this.priority = priority;
        this.action = action;
        this.clearance = clearance;
    }

    /** What a refusal by the given rule means for the operator. */
    public static AlertCode of(AssemblyRule rule) {
        switch (rule) {
            case GAP :
            case TOO_FEW_SLICES :
            case SLICE_AFTER_CLOSE :
                return GAP;
            case TOO_MANY_FRAMES :
            case TOO_MANY_BYTES :
                return INTAKE_LIMIT;
            default :
                return WRONG_GEOMETRY;
        }
    }

    public Kind kind() {
        return kind;
    }

    /** Of an alert that is newly raised. */
    public AlertPriority priority() {
        return priority;
    }

    /** Whether an alert whose condition is over stays until somebody acknowledges it. */
    public boolean latches() {
        return LATCHING.contains(this);
    }

    /** What it means for the overlay, or what the operator does; one sentence. */
    public String action() {
        return action;
    }

    /** What the operator is told when it is over; one sentence, after the structure's name if there is one. */
    public String clearance() {
        return clearance;
    }
}
