package org.regstream.core.carry;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.model.Look;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.Shapes;
import org.regstream.core.volume.Volume;

/**
 * What labels are carried along, all on the window's grid.
 *
 * @param published     the one field that moves image and labels that go out, voxels
 * @param members       what the networks hold possible around it, voxels; at least one
 * @param expectedError expected length of the published field's error, voxels, at least 0
 * @param errorScale    calibration: factor on {@code expectedError}, positive
 */
public record CarryingFields(DisplacementField published, List<DisplacementField> members, Volume expectedError,
        double errorScale) {

    /** @throws org.regstream.core.volume.ShapeMismatchException if the grids differ */
    public CarryingFields {
        members = List.copyOf(members);
        if (members.isEmpty() || !(errorScale > 0)) {
            throw new IllegalArgumentException("labels are carried along at least one member with a positive error"
                    + " scale, got " + members.size() + " and " + errorScale);
        }
        Shapes.requireSameGrid("published field and expected error", published.grid(), expectedError.grid());
        for (DisplacementField member : members) {
            Shapes.requireSameGrid("published field and members", published.grid(), member.grid());
        }
    }

    /**
     * The networks' disagreement laid around the field that is published, which need not be their mean: each member's deviation
     * from the mean is added to it.
     */
    public static CarryingFields of(DisplacementField published, Look look, double errorScale) {
        return new CarryingFields(published, around(published, look), look.expectedError(), errorScale);
    }

    private static List<DisplacementField> around(DisplacementField published, Look look) {
        if (look.size() == 1) {
            return List.of(published);
        }
        if (published == look.displacement()) {
            return look.displacements();
        }
        float[] mean = look.displacement().components();
        float[] middle = published.components();
        List<DisplacementField> members = new ArrayList<>();
        for (DisplacementField member : look.displacements()) {
            float[] u = member.components().clone();
            for (int x = 0; x < u.length; x++) {
                u[x] += middle[x] - mean[x];
            }
            members.add(DisplacementField.takeOwnershipOf(published.grid(), u));
        }
        return members;
    }
}
