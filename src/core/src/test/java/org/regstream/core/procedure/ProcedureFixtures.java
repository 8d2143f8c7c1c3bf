package org.regstream.core.procedure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** Small references and procedures. */
final class ProcedureFixtures {

    static final Grid GRID = new Grid(2, 3, 4, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
    static final Structure HEAD = new Structure(1, "anterior hippocampus", "1231004", "Anterior", "#ff0000");
    static final Structure BODY = new Structure(2, "posterior hippocampus", "1232006", "Posterior", "#00ff00");
    static final String SPACE = "2.25.3";

    private ProcedureFixtures() {}

    /** Labels 1 and 2 in the first two voxels. */
    static Reference reference(Alignment alignment, Optional<String> frameOfReferenceUid, Structure... structures) {
        byte[] labels = new byte[GRID.size()];
        labels[0] = 1;
        labels[1] = 2;
        return new Reference(Volume.takeOwnershipOf(GRID, new float[GRID.size()]),
                LabelMap.takeOwnershipOf(GRID, labels), List.of(structures), alignment, Optional.empty(),
                frameOfReferenceUid);
    }

    static Procedure procedure(String id, LiveSelector selector) {
        return new Procedure(id, reference(Alignment.CENTRES, Optional.empty(), HEAD, BODY), selector,
                Duration.ofSeconds(30));
    }

    static Procedure inSpace(Alignment alignment, Optional<String> frameOfReferenceUid) {
        return new Procedure("p", reference(alignment, frameOfReferenceUid, HEAD, BODY), LiveSelector.study("2.25.1"),
                Duration.ofSeconds(30));
    }
}
