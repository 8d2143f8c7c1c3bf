/**
 * What was done in an operation, told afterwards from what lies on the topics: {@code Chronicle} reads events into {@code Operation}, {@code Pictures}
 * finds the images that belong to results, {@code ReportPage} writes all of it as one HTML file.
 */
package org.regstream.demo.report;
