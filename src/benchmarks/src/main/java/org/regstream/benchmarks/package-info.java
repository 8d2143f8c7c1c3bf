/** Programs that measure the whole and its kernels, or do their worst to it. */
package org.regstream.benchmarks;
