package org.regstream.dicom;

/** Unique identifiers of kinds of object that regstream writes or tells apart. */
public final class SopClass {
    public static final String MR_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.4";
    public static final String SEGMENTATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.4";
    public static final String LABEL_MAP_SEGMENTATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.7";
    public static final String PARAMETRIC_MAP_STORAGE = "1.2.840.10008.5.1.4.1.1.30";
    public static final String RT_DOSE_STORAGE = "1.2.840.10008.5.1.4.1.1.481.2";
    public static final String SPATIAL_REGISTRATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.1";
    public static final String DEFORMABLE_SPATIAL_REGISTRATION_STORAGE = "1.2.840.10008.5.1.4.1.1.66.3";

    /** The class of single pictures; those of several frames are called after it. */
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

    private SopClass() {}

    /** Whether it is one of the classes of screenshots and scanned pages. */
    public static boolean isSecondaryCapture(String uid) {
        return uid.equals(SECONDARY_CAPTURE) || uid.startsWith(SECONDARY_CAPTURE + ".");
    }
}
