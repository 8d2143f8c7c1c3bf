/** The rows: those of both papers, classical systems as outside programs, model packages, and instance optimisation. */
package org.regstream.training.evaluate.method;
