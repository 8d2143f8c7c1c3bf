/** Moves images and labels along a displacement field; composes fields; resamples between grids. */
package org.regstream.core.warp;
