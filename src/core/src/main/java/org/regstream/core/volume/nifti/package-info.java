/**
 * NIfTI-1 single files (.nii, .nii.gz) to and from volumes. RAS ends at this border: what is read lies in LPS mm, what is
 * written is turned by {@link org.regstream.core.geometry.Ras}.
 */
package org.regstream.core.volume.nifti;
