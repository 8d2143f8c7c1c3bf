/** Measures alignment on a public head under random poses; run by hand, see decision note 0024. */
package org.regstream.core.align.check;
