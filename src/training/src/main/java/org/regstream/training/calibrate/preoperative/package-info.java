/** What is wrong with what was planned on: each spoils the pre-operative image or the given labels. */
package org.regstream.training.calibrate.preoperative;
