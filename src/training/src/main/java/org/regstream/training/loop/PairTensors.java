package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.regstream.core.geometry.Grid;
import org.regstream.training.data.Sample;

/**
 * The images of pairs as tensors; first the N fixed, then the N moving ones.
 *
 * @param images [2N, 1, D, H, W] float32
 * @param labels [2N, 1, D, H, W] uint8
 * @param masks  [2N, 1, D, H, W] uint8, 1 inside the image
 */
record PairTensors(NDArray images, NDArray labels, NDArray masks) {

    /** @param samples of one grid, in the order of the tensors */
    static PairTensors of(NDManager scope, Sample... samples) {
        Grid g = samples[0].image().grid();
        int n = g.size();
        float[] images = new float[samples.length * n];
        ByteBuffer labels = ByteBuffer.allocateDirect(samples.length * n);
        ByteBuffer masks = ByteBuffer.allocateDirect(samples.length * n);
        for (int s = 0; s < samples.length; s++) {
            System.arraycopy(samples[s].image().values(), 0, images, s * n, n);
            labels.put(samples[s].labels().labels());
            put(masks, samples[s].inside());
        }
        Shape shape = new Shape(samples.length, 1, g.depth(), g.height(), g.width());
        return new PairTensors(scope.create(images, shape), scope.create(labels.rewind(), shape, DataType.UINT8),
                scope.create(masks.rewind(), shape, DataType.UINT8));
    }

    /** @return [1, 1, D, H, W] uint8, 1 where it is true */
    static NDArray mask(NDManager scope, Grid g, boolean[] where) {
        ByteBuffer mask = ByteBuffer.allocateDirect(g.size());
        put(mask, where);
        return scope.create(mask.rewind(), new Shape(1, 1, g.depth(), g.height(), g.width()), DataType.UINT8);
    }

    private static void put(ByteBuffer masks, boolean[] where) {
        for (boolean is : where) {
            masks.put((byte) (is ? 1 : 0));
        }
    }
}
