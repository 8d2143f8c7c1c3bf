/** Moves images and labels along a displacement field; composes and integrates fields; resamples and smooths. */
package org.regstream.core.warp;
