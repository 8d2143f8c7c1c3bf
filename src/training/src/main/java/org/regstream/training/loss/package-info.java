/** The terms of the loss, each with its formula, in TorchScript. */
package org.regstream.training.loss;
