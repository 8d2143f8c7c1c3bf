package org.regstream.dicom.write;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.ReadLimits;

/** What the writers' tests derive objects from. */
final class LiveSeries {
    static final DicomReader READER = new DicomReader(ReadLimits.DEFAULT);
    static final String FRAME_OF_REFERENCE = "1.2.3.9";
    static final String PHASE = "t2 a2";
    static final SegmentationAlgorithm ALGORITHM = new SegmentationAlgorithm("hippocampus", "ab".repeat(32),
            "student", List.of("procedure-1"));

    /** Oblique and anisotropic. */
    static final Grid GRID = new Grid(4, 5, 7, new Affine(new Vector3(-12.5, 30.25, 101), new Vector3(0, -1.2, 1.6),
            new Vector3(0, 0.4, 0.3), new Vector3(0.7, 0, 0)));

    private LiveSeries() {}

    /** Headers of an invented MR series on a grid. */
    static List<DicomObject> headers(Grid grid) {
        return headers(grid, "1.2.3.1", FRAME_OF_REFERENCE);
    }

    static List<DicomObject> headers(Grid grid, String series, String frameOfReference) {
        Volume volume = Volume.takeOwnershipOf(grid, new float[grid.size()]);
        MrSeriesDescription description = new MrSeriesDescription(series + ".7", series, frameOfReference, 2,
                Instant.parse("2026-11-21T04:00:00Z"));
        List<DicomObject> headers = new ArrayList<>();
        for (byte[] slice : MrImageWriter.write(volume, description)) {
            headers.add(READER.read(slice).withoutPixelData());
        }
        return headers;
    }
}
