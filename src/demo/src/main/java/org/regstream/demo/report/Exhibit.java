package org.regstream.demo.report;

import java.util.Optional;
import org.regstream.demo.report.Operation.Labelled;

/**
 * A result that is shown.
 *
 * @param title   why it is
 * @param picture empty if it cannot be drawn
 * @param why     there is no picture; empty text if there is one
 * @param patient name and identity as its object has them; only for whoever asks for them
 */
record Exhibit(String title, Labelled result, Optional<Picture> picture, String why, String patient) {}
