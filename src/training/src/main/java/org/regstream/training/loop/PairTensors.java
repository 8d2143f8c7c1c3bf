package org.regstream.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.regstream.core.geometry.Grid;
import org.regstream.training.data.Sample;

/**
 * A pair as tensors; first the fixed, then the moving image.
 *
 * @param images [2, 1, D, H, W] float32
 * @param labels [2, 1, D, H, W] uint8
 * @param masks  [2, 1, D, H, W] uint8, 1 inside the image
 */
record PairTensors(NDArray images, NDArray labels, NDArray masks) {

    static PairTensors of(NDManager scope, Sample fixed, Sample moving) {
        Grid g = fixed.image().grid();
        Shape shape = new Shape(2, 1, g.depth(), g.height(), g.width());
        int n = g.size();
        float[] images = new float[2 * n];
        System.arraycopy(fixed.image().values(), 0, images, 0, n);
        System.arraycopy(moving.image().values(), 0, images, n, n);
        ByteBuffer labels = ByteBuffer.allocateDirect(2 * n).put(fixed.labels().labels())
                .put(moving.labels().labels()).rewind();
        ByteBuffer masks = ByteBuffer.allocateDirect(2 * n);
        put(masks, fixed.inside());
        put(masks, moving.inside());
        return new PairTensors(scope.create(images, shape), scope.create(labels, shape, DataType.UINT8),
                scope.create(masks.rewind(), shape, DataType.UINT8));
    }

    private static void put(ByteBuffer masks, boolean[] inside) {
        for (boolean in : inside) {
            masks.put((byte) (in ? 1 : 0));
        }
    }
}
