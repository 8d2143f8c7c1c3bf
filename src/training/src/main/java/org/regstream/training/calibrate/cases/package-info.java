/** Pairs of one patient and of two people, as they should be and spoiled, and how each came out. */
package org.regstream.training.calibrate.cases;
