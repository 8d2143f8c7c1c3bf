package org.regstream.training.evaluate;

import org.regstream.training.data.Sample;

/** A fixed image and the moving image that a protocol gives it. */
public record Pairing(Sample fixed, Sample moving) {}
