/** The command line of a researcher: train, export, evaluate, calibrate, template. */
package org.regstream.training.cli;
