package org.regstream.training.evaluate;

import java.util.List;
import org.regstream.core.carry.Carried;
import org.regstream.core.carry.CarriedLabels;
import org.regstream.core.carry.CarryingFields;
import org.regstream.core.carry.RefinedLabels;
import org.regstream.core.model.Look;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.uncertainty.LabelEntropy;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.GoldenPair;
import org.regstream.training.data.Sample;

/**
 * One registered pair in figures. Padding of the fixed image counts in none.
 *
 * @param fixed      name of the fixed image
 * @param moving     name of the moving image
 * @param before     labels as they lie
 * @param carried    the moving labels along the network's field
 * @param refined    these and the outline put together
 * @param outline    what the network paints on the fixed image, whatever the labels are
 * @param nlccBefore window 5, [0, 1], as they lie
 * @param nlcc       after registration
 * @param folding    share of voxels with determinant at or below 0
 * @param sdLogJ     SDlogJ as Learn2Reg publishes it
 * @param entropy    mean label entropy inside each carried structure, from label 1, nats
 */
public record CaseFigures(String fixed, String moving, LabelFigures before, LabelFigures carried,
        LabelFigures refined, LabelFigures outline, double nlccBefore, double nlcc, double folding, double sdLogJ,
        List<Double> entropy) {

    /** Registers the pair and measures. */
    static CaseFigures of(GoldenPair.Network network, Pairing pair, int channels) {
        Sample fixed = pair.fixed();
        Look look = network.look(fixed.image(), pair.movingImage());
        LabelMap given = pair.moving().labels().withGrid(fixed.image().grid());
        CarryingFields fields = CarryingFields.of(look.displacement(), look, 1);
        Carried carried = CarriedLabels.of(given, fields, fixed.image().grid());
        LabelMap refined = RefinedLabels.of(given, fields, look.outline(), fixed.image().grid()).argMax();
        LabelMap counted = Padding.cleared(carried.labels(), fixed.inside());
        FieldQuality quality = FieldQuality.of(look.displacement(), fixed.inside());
        return new CaseFigures(fixed.name(), pair.moving().name(), figures(fixed, given, channels),
                figures(fixed, carried.labels(), channels), figures(fixed, refined, channels),
                figures(fixed, look.outline().argMax(), channels),
                pair.nlcc(), pair.nlcc(Warp.linear(pair.movingImage(), look.displacement(), 0)),
                quality.foldingFraction(), quality.sdLogJacobian(),
                Structures.each(channels, label -> LabelEntropy.meanInside(carried.entropy(), counted, label)));
    }

    private static LabelFigures figures(Sample fixed, LabelMap labels, int channels) {
        return LabelFigures.of(fixed.labels(), labels, fixed.inside(), channels);
    }
}
