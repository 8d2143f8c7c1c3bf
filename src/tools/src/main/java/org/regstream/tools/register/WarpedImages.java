package org.regstream.tools.register;

import java.util.Map;
import java.util.Optional;
import org.regstream.core.align.Pose;
import org.regstream.core.transform.RegistrationTransform;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.Volume;

/**
 * What a registration leaves behind, on the fixed image's grid where nothing else is said.
 *
 * @param labels       the given labels, carried; or refined, where that was asked for
 * @param outline      the network's own outlines, a second opinion; empty if nobody asked for it
 * @param warped       the moving image pulled along the field in one sampling: its own intensities, 0 outside it and outside
 *                     the network's window
 * @param warpedLabels the moving labels pulled likewise, nearest neighbour, and nothing else done to them
 * @param transform    where places of one image lie in the other
 * @param maps         file name without extension to a map of reliability; NaN outside the network's window, where nothing was
 *                     computed
 */
record WarpedImages(LabelMap labels, Optional<LabelMap> outline, Volume warped, LabelMap warpedLabels,
        Transform transform, Map<String, Volume> maps) {

    /**
     * @param field   from the fixed to the moving image; outside the network's window the pose alone
     * @param inverse from the moving to the fixed image, on the window as it lies on the moving one
     * @param pose    from the fixed to the moving image, before registration
     */
    record Transform(MillimetreField field, RegistrationTransform.Inverse inverse, Pose pose) {}
}
