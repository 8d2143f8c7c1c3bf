/** How unsure the labels are, and whether that points at error: entropy of label probabilities, sparsification, AUSE. */
package org.regstream.core.uncertainty;
