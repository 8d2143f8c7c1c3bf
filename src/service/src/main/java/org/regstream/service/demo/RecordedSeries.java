package org.regstream.service.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.regstream.core.ConfigurationException;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.OneVolume;
import org.regstream.core.geometry.Grid;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.write.DerivedUid;
import org.regstream.dicom.write.DicomWriter;

/**
 * A real series, sent again and again: each time its instances get another series, other instance identifiers and the present
 * as acquisition time, and are else as the scanner wrote them.
 */
final class RecordedSeries implements LiveSource {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSSSS'+0000'")
            .withZone(ZoneOffset.UTC);

    private final List<DicomObject> instances;
    private final String study;
    private final Grid grid;
    private final String run = UUID.randomUUID().toString();

    /** @param files the instances of one volume
     *  @throws ConfigurationException if they do not make one volume; the message says why */
    RecordedSeries(DicomFolder files) {
        this.instances = files.objects();
        AssembledVolume volume = assemble(instances);
        this.study = volume.studyInstanceUid();
        this.grid = volume.volume().grid();
    }

    @Override
    public String studyInstanceUid() {
        return study;
    }

    @Override
    public Grid grid() {
        return grid;
    }

    @Override
    public LiveVolume volume(int number, Instant acquiredAt) {
        String series = DerivedUid.of("demo replay", List.of(run, String.valueOf(number)));
        List<byte[]> bytes = new ArrayList<>();
        Set<String> uids = new HashSet<>();
        for (DicomObject instance : instances) {
            String uid = DerivedUid.of("demo instance", List.of(series, instance.string(Tag.SOP_INSTANCE_UID)));
            uids.add(uid);
            bytes.add(DicomWriter.write(DicomObject.builder().all(instance).text(Tag.SERIES_INSTANCE_UID, series)
                    .text(Tag.SOP_INSTANCE_UID, uid)
                    .text(Tag.ACQUISITION_DATE_TIME, DATE_TIME.format(acquiredAt)).build()));
        }
        return new LiveVolume(number, series, bytes, uids, Optional.empty());
    }

    private static AssembledVolume assemble(List<DicomObject> instances) {
        FrameReader reader = FrameReader.withDefaults();
        try {
            return OneVolume
                    .of(instances.stream().flatMap(i -> reader.frames(i, Instant.EPOCH).stream()).toList());
        } catch (DecodeException e) {
            throw new ConfigurationException("the folder's instances do not make a volume: " + e.getMessage(), e);
        }
    }
}
