package org.regstream.demo.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Orientation;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * One slice of a live volume with the outlines of its labels: the one that cuts most of them.
 *
 * @param png   with letters of the patient's directions at its sides. Not to be modified
 * @param slice counts from 0
 */
record Picture(byte[] png, int slice) {

    private static final int WIDTH = 520;
    private static final String LETTERS = "LRPASI";

    /** @param labels on the grid of the image */
    static Picture of(Volume image, LabelMap labels, List<Structure> structures) {
        Grid grid = image.grid();
        int k = fullest(labels);
        double[] spacing = grid.affine().spacingMm();
        double perColumn = WIDTH / (double) grid.width();
        double perRow = perColumn * spacing[1] / spacing[2];
        BufferedImage picture = new BufferedImage(WIDTH, Math.max(1, (int) Math.round(perRow * grid.height())),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.drawImage(grey(image, k), 0, 0, picture.getWidth(), picture.getHeight(), null);
        g.setStroke(new BasicStroke(2));
        structures.forEach(structure -> outline(g, labels, k, structure, perColumn, perRow));
        letters(g, Orientation.of(grid).code(), picture.getWidth(), picture.getHeight());
        g.dispose();
        return new Picture(encode(picture), k);
    }

    private static int fullest(LabelMap labels) {
        Grid grid = labels.grid();
        int slice = grid.height() * grid.width();
        int best = grid.depth() / 2;
        int most = 0;
        for (int k = 0; k < grid.depth(); k++) {
            int count = 0;
            for (int x = k * slice; x < (k + 1) * slice; x++) {
                count += labels.labels()[x] == 0 ? 0 : 1;
            }
            if (count > most) {
                most = count;
                best = k;
            }
        }
        return best;
    }

    /** From the slice's lowest value to its highest; NaN is black. */
    private static BufferedImage grey(Volume image, int k) {
        Grid grid = image.grid();
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < grid.height(); j++) {
            for (int i = 0; i < grid.width(); i++) {
                float value = image.at(k, j, i);
                low = value < low ? value : low;
                high = value > high ? value : high;
            }
        }
        BufferedImage grey = new BufferedImage(grid.width(), grid.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int j = 0; j < grid.height(); j++) {
            for (int i = 0; i < grid.width(); i++) {
                float share = (image.at(k, j, i) - low) / Math.max(high - low, Float.MIN_NORMAL);
                grey.getRaster().setSample(i, j, 0, Math.round(255 * share));
            }
        }
        return grey;
    }

    /** Along the sides of voxels. */
    private static void outline(Graphics2D g, LabelMap labels, int k, Structure structure, double dx, double dy) {
        Grid grid = labels.grid();
        g.setColor(Color.decode(structure.colour()));
        for (int j = 0; j < grid.height(); j++) {
            for (int i = 0; i < grid.width(); i++) {
                if (labels.at(k, j, i) == structure.label()) {
                    side(g, is(labels, k, j, i - 1, structure), i * dx, j * dy, i * dx, (j + 1) * dy);
                    side(g, is(labels, k, j, i + 1, structure), (i + 1) * dx, j * dy, (i + 1) * dx, (j + 1) * dy);
                    side(g, is(labels, k, j - 1, i, structure), i * dx, j * dy, (i + 1) * dx, j * dy);
                    side(g, is(labels, k, j + 1, i, structure), i * dx, (j + 1) * dy, (i + 1) * dx, (j + 1) * dy);
                }
            }
        }
    }

    private static boolean is(LabelMap labels, int k, int j, int i, Structure structure) {
        Grid grid = labels.grid();
        return j >= 0 && i >= 0 && j < grid.height() && i < grid.width() && labels.at(k, j, i) == structure.label();
    }

    private static void side(Graphics2D g, boolean isInside, double x1, double y1, double x2, double y2) {
        if (!isInside) {
            g.draw(new Line2D.Double(x1, y1, x2, y2));
        }
    }

    /** @param code where columns, rows and slices run to */
    private static void letters(Graphics2D g, String code, int width, int height) {
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        g.setColor(Color.WHITE);
        g.drawString(opposite(code.charAt(0)), 6, height / 2);
        g.drawString(code.substring(0, 1), width - 20, height / 2);
        g.drawString(opposite(code.charAt(1)), width / 2, 20);
        g.drawString(code.substring(1, 2), width / 2, height - 8);
    }

    private static String opposite(char letter) {
        return String.valueOf(LETTERS.charAt(LETTERS.indexOf(letter) ^ 1));
    }

    private static byte[] encode(BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory can be written", e);
        }
        return out.toByteArray();
    }
}
