package org.regstream.core.align.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;

/** What lies in the scanner, beside what was scanned before. All but {@link #HEAD} have no pose. */
enum Content {
    /** The same head. */
    HEAD,
    /** The same head, its blocks of 32 voxels in another order. */
    SHUFFLED {
        @Override
        Volume live(Volume head, Random random) {
            return shuffled(head, random);
        }
    },
    /** Noise of 6 voxels, in the head's outline. */
    NOISE {
        @Override
        Volume live(Volume head, Random random) {
            return noise(head, random);
        }
    },
    /** The head's upper part, where the lower one was scanned before; 20 voxels lie between. */
    APART {
        @Override
        Volume live(Volume head, Random random) {
            Grid g = head.grid();
            return part(head, g.depth() / 2 + 10, g.depth());
        }

        @Override
        Volume before(Volume head) {
            return part(head, 0, head.grid().depth() / 2 - 10);
        }
    },
    /** The head seen in a mirror, left for right: nearly the same head. */
    MIRRORED {
        @Override
        Volume live(Volume head, Random random) {
            Grid g = head.grid();
            return taken(head, (k, j, i) -> g.offset(k, j, g.width() - 1 - i));
        }
    };

    private static final int BLOCK = 32;
    private static final int GRAIN = 6;
    private static final int AIR = 12;

    /** Which voxel of the head's is seen at one. */
    private interface Source {
        int offset(int k, int j, int i);
    }

    /** @param head whole grey levels, 0 to 255; here and in the result */
    Volume live(Volume head, Random random) {
        return head;
    }

    Volume before(Volume head) {
        return head;
    }

    private static Volume part(Volume head, int from, int to) {
        Grid g = head.grid().window(from, 0, 0, to - from, head.grid().height(), head.grid().width());
        float[] values = new float[g.size()];
        System.arraycopy(head.values(), head.grid().offset(from, 0, 0), values, 0, values.length);
        return Volume.takeOwnershipOf(g, values);
    }

    private static Volume taken(Volume head, Source source) {
        Grid g = head.grid();
        float[] values = new float[g.size()];
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    values[x] = head.values()[source.offset(k, j, i)];
                }
            }
        }
        return Volume.takeOwnershipOf(g, values);
    }

    /** Whole blocks change places; what is left at the far ends stays. */
    private static Volume shuffled(Volume head, Random random) {
        Grid g = head.grid();
        int depth = g.depth() / BLOCK;
        int height = g.height() / BLOCK;
        int width = g.width() / BLOCK;
        List<Integer> order = new ArrayList<>();
        for (int n = 0; n < depth * height * width; n++) {
            order.add(n);
        }
        Collections.shuffle(order, random);
        return taken(head, (k, j, i) -> {
            if (k >= depth * BLOCK || j >= height * BLOCK || i >= width * BLOCK) {
                return g.offset(k, j, i);
            }
            int from = order.get((k / BLOCK * height + j / BLOCK) * width + i / BLOCK);
            return g.offset(from / (height * width) * BLOCK + k % BLOCK, from / width % height * BLOCK + j % BLOCK,
                    from % width * BLOCK + i % BLOCK);
        });
    }

    private static Volume noise(Volume head, Random random) {
        Grid g = head.grid();
        int height = g.height() / GRAIN + 1;
        int width = g.width() / GRAIN + 1;
        float[] grains = new float[(g.depth() / GRAIN + 1) * height * width];
        for (int n = 0; n < grains.length; n++) {
            grains[n] = AIR + 1 + random.nextInt(140);
        }
        float[] values = head.values().clone();
        for (int k = 0, x = 0; k < g.depth(); k++) {
            for (int j = 0; j < g.height(); j++) {
                for (int i = 0; i < g.width(); i++, x++) {
                    values[x] = values[x] <= AIR
                            ? values[x]
                            : grains[(k / GRAIN * height + j / GRAIN) * width + i / GRAIN];
                }
            }
        }
        return Volume.takeOwnershipOf(g, values);
    }
}
