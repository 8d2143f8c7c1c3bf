/** Where a voxel is: grid, affine, index, LPS millimetres; the only place that knows RAS. */
package org.regstream.core.geometry;
