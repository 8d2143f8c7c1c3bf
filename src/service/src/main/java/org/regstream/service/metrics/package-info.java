/** What is measured, with Micrometer: implements the verbs that stand beside who calls them. */
package org.regstream.service.metrics;
