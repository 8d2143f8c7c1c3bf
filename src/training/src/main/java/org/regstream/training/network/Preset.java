package org.regstream.training.network;

/** How large the network is and where it estimates the flow. */
public enum Preset {
    /** METHODS' network: flow and heads at full resolution. */
    PAPER(1, new int[]{16, 32, 32, 32}, new int[]{32, 32, 32, 32}) {
        @Override
        String flowFeatures(Operations o, String half, String pair) {
            String wide = o.block("full1", o.concat(o.up(half), pair), 32, 1);
            return o.block("full3", o.block("full2", wide, 16, 1), 16, 1);
        }

        @Override
        String headFeatures(Operations o, String flowFeatures, String pair) {
            return flowFeatures;
        }

        @Override
        String toFull(Operations o, String map) {
            return map;
        }
    },
    /** Flow at half resolution, up-sampled trilinearly; wider where that is cheap, light heads at full resolution. */
    FAST(2, new int[]{16, 32, 48, 64}, new int[]{64, 48, 48, 32}) {
        @Override
        String flowFeatures(Operations o, String half, String pair) {
            return o.block("half", half, 32, 1);
        }

        @Override
        String headFeatures(Operations o, String flowFeatures, String pair) {
            String few = o.convolution("reduce", flowFeatures, 8, 1, 1, Start.USUAL);
            return o.concat(o.up(few), o.copies(pair));
        }

        @Override
        String toFull(Operations o, String map) {
            return o.upLinear(map);
        }
    };

    private final int flowDivisor;
    private final int[] encoder;
    private final int[] decoder;

    Preset(int flowDivisor, int[] encoder, int[] decoder) {
        this.flowDivisor = flowDivisor;
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /** Voxels of the window that a voxel of the flow is wide. */
    public int flowDivisor() {
        return flowDivisor;
    }

    /** Channels after encoder convolution 0 to 3, at 1/2 to 1/16. */
    int encoder(int level) {
        return encoder[level];
    }

    /** Channels after decoder convolution 0 to 3, at 1/16 to 1/2. */
    int decoder(int level) {
        return decoder[level];
    }

    /** @param half the decoder's result, at half resolution
     *  @return what the flow is made of, at its resolution */
    abstract String flowFeatures(Operations o, String half, String pair);

    /** @return what the heads are made of, at full resolution */
    abstract String headFeatures(Operations o, String flowFeatures, String pair);

    /** From the flow's resolution to the window's; a field stays in voxels of the flow. */
    abstract String toFull(Operations o, String map);
}
