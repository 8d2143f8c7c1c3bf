/** The networks: layers, weights, and their forward pass in TorchScript. */
package org.regstream.training.network;
