/**
 * Arrays with their grid: volume, label map, label probabilities, displacement field; NIfTI.
 *
 * <p>Memory layout, everywhere: axes [D, H, W] = (k, j, i) = (slice, row, column), i fastest.
 *
 * <pre>
 * offset(k, j, i)    = (k * H + j) * W + i                 one volume, [D, H, W]
 * offset(c, k, j, i) = ((c * D + k) * H + j) * W + i       channels first, [C, D, H, W]
 * </pre>
 *
 * <p>A voxel's position is the position of its <em>centre</em>, in LPS millimetres: x towards the patient's left, y towards
 * the patient's back, z towards the patient's head.
 */
package org.regstream.core.volume;
