/** Fits the limits of the alerts on validation pairs and made-up failures, and says how good they are. */
package org.regstream.training.calibrate;
