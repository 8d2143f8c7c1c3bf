/**
 * Where the patient lies now: finds the pose that lays a pre-operative image over a live one, from any start, and says when
 * it found none.
 *
 * <p>Coarse to fine. Poses that cover all rotations are scored by shared information at the coarsest level; the best are
 * refined by Gauss-Newton steps in which tones, gain and pose are unknown together; fewer go on at each finer level. All
 * sums run over a few thousand points of the fixed image that are chosen once, so that cost hardly grows with voxels.
 */
package org.regstream.core.align;
