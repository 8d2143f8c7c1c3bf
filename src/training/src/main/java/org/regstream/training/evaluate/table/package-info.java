/** Runs rows on the pairs of a protocol, measures them by METHODS, and writes the papers' tables. */
package org.regstream.training.evaluate.table;
