/**
 * What a row of the papers' tables is: a {@link org.regstream.training.evaluate.row.Row} is prepared once under a stated
 * {@link org.regstream.training.evaluate.row.Budget}, and then registers each pair of a protocol.
 */
package org.regstream.training.evaluate.row;
