package org.regstream.training.evaluate.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * Slices of volumes on one grid side by side, across the labelled part: slices along the slowest axis, as a radiologist looks at
 * them where the axes allow it (the patient's front up, right side on the left).
 */
final class Slices {

    /** Of the labelled slices, from the first to the last. */
    private static final double[] PLACES = {0.25, 0.5, 0.75};
    private static final int ZOOM = 4;
    private static final int GAP = 6;

    private final Grid grid;
    private final int[] chosen;
    private final boolean flipRows;
    private final boolean flipColumns;
    private final BufferedImage image;

    /** @param labels whose extent chooses the slices */
    Slices(LabelMap labels) {
        grid = labels.grid();
        chosen = chosen(labels);
        Affine a = grid.affine();
        flipRows = a.step(1).y() < 0;
        flipColumns = a.step(2).x() < 0;
        image = new BufferedImage(chosen.length * (ZOOM * grid.width() + GAP) - GAP, ZOOM * grid.height(),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
    }

    private static int[] chosen(LabelMap labels) {
        int first = labels.grid().depth();
        int last = -1;
        int plane = labels.grid().height() * labels.grid().width();
        for (int x = 0; x < labels.labels().length; x++) {
            if (labels.labels()[x] != 0) {
                first = Math.min(first, x / plane);
                last = Math.max(last, x / plane);
            }
        }
        int from = last < 0 ? 0 : first;
        int to = last < 0 ? labels.grid().depth() - 1 : last;
        return Arrays.stream(PLACES).mapToInt(p -> (int) Math.round(from + p * (to - from))).toArray();
    }

    /** Grey from 0 to 1. */
    Slices grey(Volume v) {
        paint((at, under) -> {
            int g = (int) (255 * Math.max(0, Math.min(1, v.values()[at])));
            return g << 16 | g << 8 | g;
        });
        return this;
    }

    /** Colour over what is there: none at 0, from dark red over yellow to white at {@code full}. */
    Slices heat(Volume v, double full) {
        paint((at, under) -> {
            double heat = Math.max(0, Math.min(1, v.values()[at] / full));
            return Double.isNaN(heat) ? under : mixed(under, hot(heat), Math.min(1, 2 * heat));
        });
        return this;
    }

    /** The border of a label, between its voxels and others, one pixel wide. */
    Slices contour(LabelMap labels, int label, Color colour) {
        for (int s = 0; s < chosen.length; s++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++) {
                    if (labels.at(chosen[s], j, i) == label) {
                        border(labels, label, s, j, i, colour.getRGB());
                    }
                }
            }
        }
        return this;
    }

    private void border(LabelMap labels, int label, int s, int j, int i, int rgb) {
        int x = left(s) + ZOOM * (flipColumns ? grid.width() - 1 - i : i);
        int y = ZOOM * (flipRows ? grid.height() - 1 - j : j);
        int up = flipRows ? 1 : -1;
        int before = flipColumns ? 1 : -1;
        for (int p = 0; p < ZOOM; p++) {
            set(isOther(labels, label, s, j + up, i), x + p, y, rgb);
            set(isOther(labels, label, s, j - up, i), x + p, y + ZOOM - 1, rgb);
            set(isOther(labels, label, s, j, i + before), x, y + p, rgb);
            set(isOther(labels, label, s, j, i - before), x + ZOOM - 1, y + p, rgb);
        }
    }

    private void set(boolean really, int x, int y, int rgb) {
        if (really) {
            image.setRGB(x, y, rgb);
        }
    }

    private boolean isOther(LabelMap labels, int label, int s, int j, int i) {
        return j < 0 || i < 0 || j >= grid.height() || i >= grid.width() || labels.at(chosen[s], j, i) != label;
    }

    private interface Shade {
        /** @param at offset of the voxel. @param under colour that is there */
        int of(int at, int under);
    }

    private void paint(Shade shade) {
        for (int s = 0; s < chosen.length; s++) {
            for (int y = 0; y < image.getHeight(); y++) {
                int j = flipRows ? grid.height() - 1 - y / ZOOM : y / ZOOM;
                for (int x = 0; x < ZOOM * grid.width(); x++) {
                    int i = flipColumns ? grid.width() - 1 - x / ZOOM : x / ZOOM;
                    int at = left(s) + x;
                    image.setRGB(at, y, shade.of(grid.offset(chosen[s], j, i), image.getRGB(at, y)));
                }
            }
        }
    }

    private int left(int slice) {
        return slice * (ZOOM * grid.width() + GAP);
    }

    private static int hot(double heat) {
        int red = (int) (255 * Math.min(1, 0.4 + 1.2 * heat));
        int green = (int) (255 * Math.max(0, Math.min(1, 2 * heat - 0.6)));
        int blue = (int) (255 * Math.max(0, 4 * heat - 3));
        return red << 16 | green << 8 | blue;
    }

    private static int mixed(int under, int over, double share) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = under >> shift & 0xff;
            int b = over >> shift & 0xff;
            mixed |= (int) (a + share * (b - a)) << shift;
        }
        return mixed;
    }

    byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
