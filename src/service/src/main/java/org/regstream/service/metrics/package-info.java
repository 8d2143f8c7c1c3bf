/** What is measured, as verbs; one Micrometer implementation. */
package org.regstream.service.metrics;
