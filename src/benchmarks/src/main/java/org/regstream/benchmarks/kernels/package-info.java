/** The kernels that a volume's time goes into, measured one by one (JMH). */
package org.regstream.benchmarks.kernels;
