/**
 * The kill test: instances of the service and the broker are killed again and again while operations go on, and then the topics are asked what has become of each
 * volume and each alert. Reads best from {@link org.regstream.benchmarks.kill.KillTest}.
 */
package org.regstream.benchmarks.kill;
