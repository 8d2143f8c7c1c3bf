/** The command line of a researcher: train, export, evaluate, template. */
package org.regstream.training.cli;
