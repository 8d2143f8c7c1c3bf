package org.regstream.training.evaluate.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.colors.ColorBlindFriendlySeriesColors;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines or points over two axes, as SVG. Letters are outlines, so that it looks alike everywhere. */
final class Plot {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 460;
    private static final Color[] COLOURS = new ColorBlindFriendlySeriesColors().getSeriesColors();
    private static final BasicStroke[] STROKES = {SeriesLines.SOLID, SeriesLines.DASH_DASH, SeriesLines.DOT_DOT};
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP, SeriesMarkers.TRIANGLE_DOWN};

    private final XYChart chart;
    private int drawn;

    Plot(String xTitle, String yTitle) {
        chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(xTitle).yAxisTitle(yTitle).build();
        chart.getStyler().setSeriesColors(COLOURS).setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(Styler.LegendPosition.OutsideE).setLegendBorderColor(Color.WHITE)
                .setChartTitleVisible(false);
    }

    /** Colours, then strokes, tell lines apart. Points that are not numbers leave a gap. */
    Plot line(String name, double[] x, double[] y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineStyle(STROKES[drawn / COLOURS.length % STROKES.length]);
        drawn++;
        return this;
    }

    /** A line in a colour of its own. */
    Plot line(String name, double[] x, double[] y, Color colour) {
        line(name, x, y);
        chart.getSeriesMap().get(name).setLineColor(colour);
        return this;
    }

    /** A single point; colours, then markers, tell points apart. */
    Plot point(String name, double x, double y) {
        XYSeries series = chart.addSeries(name, new double[]{x}, new double[]{y});
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(MARKERS[drawn / COLOURS.length % MARKERS.length]);
        drawn++;
        return this;
    }

    boolean isEmpty() {
        return drawn == 0;
    }

    byte[] svg() {
        VectorGraphics2D graphics = new VectorGraphics2D();
        chart.paint(graphics, WIDTH, HEIGHT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new SVGProcessor().getDocument(graphics.getCommands(), new PageSize(0, 0, WIDTH, HEIGHT)).writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tidied(out.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    /** Without the document type, which names an address outside, and to a hundredth of a pixel. */
    private static String tidied(String svg) {
        return svg.replaceFirst("<!DOCTYPE[^>]*>\\s*", "").replaceAll("(\\.\\d\\d)\\d+", "$1");
    }
}
