package org.regstream.core.pipeline;

import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.warp.Resample;

/** What the networks themselves outline on a live image: to be held against the carried labels, not to be taken for them. */
public final class SecondOpinion {

    private SecondOpinion() {}

    /**
     * @return on the live grid, numbered as the overlay's structures; structures that the package does not know, or that were
     *         not given, have no voxel
     */
    public static LabelMap of(Overlay overlay, ModelManifest manifest) {
        byte[] labelOf = new byte[overlay.outline().channels()];
        for (StructureFigures figures : overlay.structures()) {
            Structure s = figures.structure();
            manifest.channelOf(s).ifPresent(channel -> labelOf[channel] = (byte) s.label());
        }
        byte[] labels = Resample.linear(overlay.outline(), overlay.box().part()).argMax().labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = labelOf[labels[x] & 0xff];
        }
        return overlay.box().paste(LabelMap.takeOwnershipOf(overlay.box().part(), labels));
    }
}
