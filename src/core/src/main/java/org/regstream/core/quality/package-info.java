/** How trustworthy a field or a label map is: Jacobian determinant, folding, Dice, surface distances. */
package org.regstream.core.quality;
