/**
 * How unsure the labels are, and whether that points at error: entropy, ensemble maps, sparsification, calibration, ROC.
 */
package org.regstream.core.uncertainty;
