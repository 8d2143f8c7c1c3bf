package org.regstream.training.evaluate;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Figures of the structures of a case, one each from label 1. */
public final class Structures {

    private Structures() {}

    /** @param channels background included
     *  @param figure   of a label */
    public static List<Double> each(int channels, IntToDoubleFunction figure) {
        return IntStream.range(1, channels).mapToDouble(figure).boxed().toList();
    }

    /** Over the structures that at least one side has; NaN if there is none. */
    public static double mean(List<Double> figures) {
        return figures.stream().mapToDouble(Double::doubleValue).filter(x -> !Double.isNaN(x)).average()
                .orElse(Double.NaN);
    }
}
