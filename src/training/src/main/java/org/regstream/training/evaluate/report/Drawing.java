package org.regstream.training.evaluate.report;

import java.util.List;

/**
 * A figure of the report.
 *
 * @param id       anchor in the page
 * @param title    heading
 * @param caption  what is seen
 * @param pictures in their order; none where no row has what is drawn
 */
record Drawing(String id, String title, String caption, List<Picture> pictures) {

    /** @param alt   what it shows, for those who do not see it. @param type media type */
    record Picture(String alt, String type, byte[] bytes) {

        static Picture svg(String alt, Plot plot) {
            return new Picture(alt, "image/svg+xml", plot.svg());
        }

        static Picture png(String alt, byte[] bytes) {
            return new Picture(alt, "image/png", bytes);
        }
    }

    Drawing {
        pictures = List.copyOf(pictures);
    }

    /** Of one plot; without a picture where nothing was drawn into it. */
    static Drawing of(String id, String title, String caption, Plot plot) {
        return new Drawing(id, title, caption, plot.isEmpty() ? List.of() : List.of(Picture.svg(title, plot)));
    }
}
