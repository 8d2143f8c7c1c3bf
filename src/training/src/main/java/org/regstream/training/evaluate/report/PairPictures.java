package org.regstream.training.evaluate.report;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.UncertaintyKind;
import org.regstream.training.evaluate.table.RowRunner;

/**
 * Draws the first pair of each row into {@code pictures/} of its folder: the warped image with contours, and its uncertainty
 * maps over the warped image.
 *
 * @param comparison folder of the comparison
 * @param task       whose structures give the colours
 * @param protocol   says whether refined labels count
 */
public record PairPictures(Path comparison, Task task, Protocol protocol) implements RowRunner.FirstPair {

    static final String CONTOURS = "contours.png";

    /** Of a map, what is drawn brightest: a few voxels at the border would else leave the rest dark. */
    private static final double BRIGHTEST = 0.995;

    /** Where a row's picture lies. */
    static Path file(Path comparison, String row, String picture) {
        return comparison.resolve(row).resolve("pictures").resolve(picture);
    }

    static String name(UncertaintyKind kind) {
        return kind.key() + ".png";
    }

    @Override
    public void registered(Row row, Pairing pair, Outcome outcome) {
        boolean refine = protocol == Protocol.ATLAS;
        LabelMap given = outcome.labels(refine).argMax();
        write(row, CONTOURS, contours(pair, outcome, given));
        for (Map.Entry<UncertaintyKind, Volume> map : outcome.maps(pair, refine).entrySet()) {
            write(row, name(map.getKey()), new Slices(pair.fixed().labels()).grey(outcome.warped())
                    .heat(within(map.getValue(), pair.fixed().inside()),
                            brightest(map.getValue(), pair.fixed().inside())));
        }
    }

    /** True contours in white, those of the row in the structure's colour. */
    private Slices contours(Pairing pair, Outcome outcome, LabelMap given) {
        Slices slices = new Slices(pair.fixed().labels()).grey(outcome.warped());
        for (Structure s : task.structures()) {
            slices.contour(pair.fixed().labels(), s.label(), Color.WHITE).contour(given, s.label(),
                    Color.decode(s.colour()));
        }
        return slices;
    }

    /** Padding says nothing: not a number there, which is not drawn. */
    private static Volume within(Volume map, boolean[] inside) {
        float[] values = map.values().clone();
        for (int x = 0; x < values.length; x++) {
            values[x] = inside[x] ? values[x] : Float.NaN;
        }
        return Volume.takeOwnershipOf(map.grid(), values);
    }

    private static double brightest(Volume map, boolean[] inside) {
        float[] values = new float[map.values().length];
        int n = 0;
        for (int x = 0; x < inside.length; x++) {
            if (inside[x]) {
                values[n++] = map.values()[x];
            }
        }
        Arrays.sort(values, 0, n);
        return Math.max(values[(int) (BRIGHTEST * (n - 1))], Float.MIN_NORMAL);
    }

    private void write(Row row, String picture, Slices slices) {
        Path file = file(comparison, row.name(), picture);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, slices.png());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
