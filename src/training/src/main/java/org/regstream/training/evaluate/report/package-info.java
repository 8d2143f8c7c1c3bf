/** A comparison as one HTML page that needs nothing from outside: tables, plots (XChart) and pictures of one pair. */
package org.regstream.training.evaluate.report;
