/** Functions written in TorchScript by our own code and run by DJL. */
package org.regstream.training.torchscript;
