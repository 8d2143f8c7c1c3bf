/** Measures networks on labelled images: protocols, figures of a case, tables. */
package org.regstream.training.evaluate;
