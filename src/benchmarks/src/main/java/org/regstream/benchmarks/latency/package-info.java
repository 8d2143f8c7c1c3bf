/** How long it takes from the last slice of a volume until a display has its labels, by the demo of one build or of several in turn. */
package org.regstream.benchmarks.latency;
