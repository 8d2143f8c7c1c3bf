/** How unsure the labels are: entropy of label probabilities. */
package org.regstream.core.uncertainty;
