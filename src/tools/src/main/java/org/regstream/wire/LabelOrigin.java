package org.regstream.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.regstream.core.Sha256;
import org.regstream.core.pipeline.Choice;
import org.regstream.core.pipeline.FieldSource;
import org.regstream.core.pipeline.Overlay;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.pipeline.PoseBasis;
import org.regstream.core.pipeline.StructureFigures;
import org.regstream.core.procedure.LabelSource;
import org.regstream.dicom.write.SegmentationAlgorithm;

/** How DICOM objects tell where labels come from: in the series' name, and of each segment in its description. */
public final class LabelOrigin {

    private LabelOrigin() {}

    /** @return the same, with whether labels are carried or refined, and along which field */
    public static SegmentationAlgorithm describing(SegmentationAlgorithm algorithm, Overlay overlay) {
        Map<Integer, String> descriptions = overlay.structures().stream().collect(
                Collectors.toMap(s -> s.structure().label(), s -> description(s, overlay.choice().source())));
        boolean isRefined = overlay.structures().stream().anyMatch(s -> s.source() == LabelSource.REFINED);
        return algorithm.withKind(algorithm.resultKind() + ", "
                + Words.of(isRefined ? LabelSource.REFINED : LabelSource.CARRIED)).describing(descriptions);
    }

    private static String description(StructureFigures s, FieldSource field) {
        return s.source() == LabelSource.REFINED
                ? "refined: the pre-operative label, carried, and the network's outline put together"
                : "carried: the pre-operative label, moved along the field " + Words.of(field);
    }

    /**
     * A fit ends when its time is over, and a pose is found from the volume before, so the same images may give another field or
     * another pose: then what follows from it needs another name.
     *
     * @return which candidate it is, of a fitted one the SHA-256 of the field; and the pose, where it was found in the images
     */
    public static List<String> furtherInputs(Choice choice, Placement placement) {
        String field = choice.source().isFitted() ? digest(choice) : Words.of(choice.source());
        return placement.basis() == PoseBasis.IMAGES ? List.of(field, placement.pose().toString()) : List.of(field);
    }

    private static String digest(Choice choice) {
        float[] u = choice.field().components();
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * u.length);
        bytes.asFloatBuffer().put(u);
        return Sha256.hex(bytes.array());
    }
}
