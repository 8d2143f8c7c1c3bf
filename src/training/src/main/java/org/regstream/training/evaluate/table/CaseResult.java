package org.regstream.training.evaluate.table;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.regstream.training.evaluate.Structures;
import org.regstream.training.evaluate.row.UncertaintyKind;

/**
 * One registered pair in figures (METHODS, Protocols and metrics). Padding of the fixed image counts in none. Lists hold one
 * figure a structure, from label 1; a structure that only one side has is infinitely far away.
 *
 * @param fixed              name of the fixed image
 * @param moving             name of the moving image
 * @param mse                of fixed and warped image, squared mapped intensities
 * @param mutualInformation  100 bins, nats
 * @param nlcc               window 5, [0, 1]
 * @param dice               overlap
 * @param diceWithBackground mean over all classes, background included: the flattering way to count
 * @param asd                average surface distance, mm
 * @param hd95               95th percentile of the surface distance, mm
 * @param folding            share of voxels with determinant at or below 0
 * @param sdDeterminant      standard deviation of the determinant
 * @param sdLogJacobian      SDlogJ as Learn2Reg publishes it
 * @param ece                expected calibration error of the label probabilities
 * @param brier              Brier score of the label probabilities
 * @param seconds            that the registration took
 * @param maps               uncertainty maps that the method has
 */
public record CaseResult(String fixed, String moving, double mse, double mutualInformation, double nlcc,
        List<Double> dice, double diceWithBackground, List<Double> asd, List<Double> hd95, double folding,
        double sdDeterminant, double sdLogJacobian, double ece, double brier, double seconds,
        Map<UncertaintyKind, MapFigures> maps) {

    public CaseResult {
        dice = List.copyOf(dice);
        asd = List.copyOf(asd);
        hd95 = List.copyOf(hd95);
        maps = maps.isEmpty() ? Map.of() : new EnumMap<>(maps);
    }

    public double diceForeground() {
        return Structures.mean(dice);
    }

    public double asdForeground() {
        return Structures.mean(asd);
    }

    public double hd95Foreground() {
        return Structures.mean(hd95);
    }
}
