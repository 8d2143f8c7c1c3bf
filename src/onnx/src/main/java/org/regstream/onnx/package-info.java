/**
 * Runs a model package {@code models/<id>/} on ONNX Runtime: manifest, digests, golden pair, execution provider.
 *
 * <p>{@link org.regstream.onnx.ModelPackage} proves that the files are those of the manifest,
 * {@link org.regstream.onnx.OnnxModel} runs the student or the ensemble,
 * {@link org.regstream.onnx.GoldenPair} and {@link org.regstream.onnx.GoldenEnsemble} prove that they still compute what was
 * exported. No type of ONNX Runtime leaves this package.
 */
package org.regstream.onnx;
