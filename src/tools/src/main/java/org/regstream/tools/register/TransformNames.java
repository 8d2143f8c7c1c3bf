package org.regstream.tools.register;

/** What the files of a registration are called that take places of one image to the other. */
public final class TransformNames {

    /** From the live to the pre-operative image, pose included, on the live image's grid. */
    public static final String FIELD = "displacement.nii.gz";

    /** From the pre-operative to the live image, on the window as it lies on the pre-operative image. */
    public static final String INVERSE = "inverse-displacement.nii.gz";

    /** From the live to the pre-operative image, without the field; ITK's, LPS. */
    public static final String POSE = "pose.tfm";

    /** Likewise as four rows of four numbers, RAS. */
    public static final String POSE_RAS = "pose-ras.txt";

    private TransformNames() {}
}
