/** Writes model packages: ONNX graph, manifest, golden pair, card; refuses where DJL and ONNX Runtime differ. */
package org.regstream.training.export;
