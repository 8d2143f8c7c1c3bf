package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.regstream.core.assembly.Frame;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.OtherProgram;
import org.regstream.dicom.read.DicomSeries;
import org.regstream.dicom.read.FrameReader;

/** A series of the shared data: real ones leave attributes empty, and fill others with what the standard does not foresee. */
record RealSeries(Grid grid, List<DicomObject> headers, String phase) {

    static List<String> names() {
        return List.of("13_HCropVolume", "12-T1post-05670", "36459-FLAIRreg-76244");
    }

    /** Skips the test where there is no shared data. */
    static RealSeries read(String name) {
        DicomSeries series = DicomSeries.read(OtherProgram.sharedData("dicom/Study1").resolve(name),
                FrameReader.withDefaults());
        List<Frame> frames = new ArrayList<>(series.frames());
        frames.sort(Comparator.comparing(RealSeries::alongNormal));
        Grid first = frames.get(0).slices().get(0).grid();
        Vector3 stepK = frames.get(1).slices().get(0).grid().affine().origin().minus(first.affine().origin());
        Grid grid = new Grid(frames.size(), first.height(), first.width(),
                new Affine(first.affine().origin(), stepK, first.affine().stepJ(), first.affine().stepI()));
        return new RealSeries(grid, series.headers(), frames.get(0).key().phase());
    }

    private static double alongNormal(Frame frame) {
        Affine affine = frame.slices().get(0).grid().affine();
        return affine.origin().dot(affine.stepK());
    }
}
