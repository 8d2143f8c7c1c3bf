package org.regstream.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.function.IntPredicate;

/** The part of a screenshot that one canvas takes. */
record Picture(BufferedImage screen, Rectangle place) {

    /** @param place as {@code getBoundingClientRect} tells it */
    static Picture of(BufferedImage screen, JsonNode place) {
        return new Picture(screen, new Rectangle(place.path("x").asInt(), place.path("y").asInt(),
                place.path("width").asInt(), place.path("height").asInt()));
    }

    /** Pixels of a kind.
     *  @param box   the smallest that holds them, relative to the canvas; null without any
     *  @param count how many there are */
    record Found(Rectangle box, int count) {

        double middleX() {
            return box.getCenterX();
        }

        double middleY() {
            return box.getCenterY();
        }
    }

    /** @param colour sRGB, {@code #rrggbb} */
    Found lines(String colour) {
        int wanted = Integer.parseInt(colour.substring(1), 16);
        return find(rgb -> distance(rgb, wanted) < 40);
    }

    /** What the uncertainty overlay makes of any grey where it is dense: reddish purple. */
    Found uncertain() {
        return find(rgb -> (rgb >> 16 & 255) - (rgb >> 8 & 255) > 40 && (rgb & 255) - (rgb >> 8 & 255) > 20);
    }

    /** Bright grey: the bright boxes of the phantom. */
    Found bright() {
        return find(rgb -> distance(rgb, 0xe8e8e8) < 70);
    }

    private static int distance(int a, int b) {
        return Math.max(Math.abs((a >> 16 & 255) - (b >> 16 & 255)),
                Math.max(Math.abs((a >> 8 & 255) - (b >> 8 & 255)), Math.abs((a & 255) - (b & 255))));
    }

    /** Letters at the sides and in the corners are left out. */
    private Found find(IntPredicate isOfKind) {
        int margin = 42;
        Rectangle box = null;
        int count = 0;
        for (int y = margin; y < place.height - margin; y++) {
            for (int x = margin; x < place.width - margin; x++) {
                if (isOfKind.test(screen.getRGB(place.x + x, place.y + y))) {
                    box = box == null ? new Rectangle(x, y, 1, 1) : box.union(new Rectangle(x, y, 1, 1));
                    count++;
                }
            }
        }
        return new Found(box, count);
    }
}
