/** The training loop: step, optimiser, checkpoints, log, divergence stop. */
package org.regstream.training.loop;
