/** What goes wrong in a theatre, made up: each spoils a pair whose true labels are known, and the truth with it. */
package org.regstream.training.calibrate.failure;
