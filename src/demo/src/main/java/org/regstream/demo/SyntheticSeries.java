package org.regstream.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.DerivedUid;
import org.regstream.dicom.write.MrImageWriter;
import org.regstream.dicom.write.MrSeriesDescription;

/**
 * An MR series that did not take place, new for each run; its volumes are temporal positions.
 *
 * @param studyInstanceUid    of the study
 * @param seriesInstanceUid   of the series
 * @param frameOfReferenceUid the patient space
 */
record SyntheticSeries(String studyInstanceUid, String seriesInstanceUid, String frameOfReferenceUid) {

    static SyntheticSeries create() {
        List<String> run = List.of(UUID.randomUUID().toString());
        return new SyntheticSeries(DerivedUid.of("demo study", run), DerivedUid.of("demo series", run),
                DerivedUid.of("demo frame of reference", run));
    }

    LiveVolume write(int number, Volume image, Optional<LabelMap> truth, Instant acquiredAt) {
        List<byte[]> instances = MrImageWriter.write(image, new MrSeriesDescription(studyInstanceUid,
                seriesInstanceUid, frameOfReferenceUid, number, acquiredAt));
        FrameReader reader = FrameReader.withDefaults();
        List<String> uids = new ArrayList<>();
        instances.forEach(instance -> uids.add(reader.readObject(instance).string(Tag.SOP_INSTANCE_UID)));
        return new LiveVolume(number, seriesInstanceUid, instances, Set.copyOf(uids), truth);
    }
}
