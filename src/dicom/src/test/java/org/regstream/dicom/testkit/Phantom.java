package org.regstream.dicom.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.LiveSelector;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;

/** A patient made of two bright boxes, and live series of it. */
public final class Phantom {

    public static final String STUDY = "2.25.1001";
    public static final String SPACE = "2.25.1002";

    private final Grid grid;
    private final List<Structure> structures;

    /** @param structures two, labels 1 and 2 */
    public Phantom(int depth, int height, int width, List<Structure> structures) {
        this.grid = new Grid(depth, height, width, Affine.axisAligned(new Vector3(-8, 4, 30), 1, 1, 1));
        this.structures = List.copyOf(structures);
    }

    public Volume image() {
        byte[] labels = labels().labels();
        float[] values = new float[labels.length];
        for (int x = 0; x < values.length; x++) {
            values[x] = 100 + 400 * labels[x] + x % 7;
        }
        return Volume.takeOwnershipOf(grid, values);
    }

    /** Two boxes side by side around the middle. */
    public LabelMap labels() {
        byte[] labels = new byte[grid.size()];
        for (int k = grid.depth() / 4; k < 3 * grid.depth() / 4; k++) {
            for (int j = grid.height() / 4; j < 3 * grid.height() / 4; j++) {
                for (int i = grid.width() / 4; i < 3 * grid.width() / 4; i++) {
                    labels[grid.offset(k, j, i)] = (byte) (i < grid.width() / 2 ? 1 : 2);
                }
            }
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    public Procedure procedure(String id) {
        Reference reference = new Reference(image(), labels(), structures, Alignment.FRAME_OF_REFERENCE,
                Optional.empty(), Optional.of(SPACE));
        return new Procedure(id, reference, LiveSelector.study(STUDY), Duration.ofMinutes(10));
    }

    /** One instance a slice, in slice order. */
    public List<byte[]> series(String seriesUid, int volume, Instant acquiredAt) {
        return MrImageWriter.write(image(), new MrSeriesDescription(STUDY, seriesUid, SPACE, volume, acquiredAt));
    }
}
