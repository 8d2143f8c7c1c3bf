package org.regstream.training.calibrate;

import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.regstream.core.uncertainty.Roc;
import org.regstream.training.calibrate.cases.StructureCase;
import org.regstream.training.calibrate.fit.GroupFigures;
import org.regstream.training.calibrate.fit.StructureCalibration;

/** ROC curves of the held-out cases, one a structure, and what is told of one patient and of two people. A bitmap: as SVG, letters become outlines of 600 KB. */
final class RocPlot {

    private static final int SIDE = 700;

    private RocPlot() {}

    /** @param title names the package */
    static byte[] png(String title, CalibrationResult result) throws IOException {
        XYChart chart = new XYChartBuilder().width(SIDE).height(SIDE).title(title)
                .xAxisTitle("false alerts, share of registrations with Dice from " + StructureCase.BAD_DICE)
                .yAxisTitle("alerts, share of registrations with Dice below " + StructureCase.BAD_DICE).build();
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0)
                .setLegendPosition(Styler.LegendPosition.InsideSE).setChartBackgroundColor(Color.WHITE);
        for (StructureCalibration s : result.structures()) {
            List<Roc.Point> points = s.roc().points();
            chart.addSeries(name(s), points.stream().mapToDouble(p -> p.falseAlerts().value()).toArray(),
                    points.stream().mapToDouble(p -> p.sensitivity().value()).toArray())
                    .setMarker(SeriesMarkers.NONE);
            s.groups().forEach(g -> addPoint(chart, s.structure() + ", " + g.group(), g));
        }
        chart.addSeries("guessing", new double[]{0, 1}, new double[]{0, 1}).setMarker(SeriesMarkers.NONE);
        return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
    }

    /** What is told of a group; nothing where no case of it is bad, or none good. */
    private static void addPoint(XYChart chart, String name, GroupFigures g) {
        if (g.toldBelow70().trials() > 0 && g.falselyTold().trials() > 0) {
            chart.addSeries(name, new double[]{g.falselyTold().value()}, new double[]{g.toldBelow70().value()})
                    .setMarker(SeriesMarkers.CIRCLE);
        }
    }

    private static String name(StructureCalibration s) {
        return String.format(Locale.ROOT, "%s: area %.3f (%.3f to %.3f)", s.structure(), s.auroc().value(),
                s.auroc().low(), s.auroc().high());
    }
}
