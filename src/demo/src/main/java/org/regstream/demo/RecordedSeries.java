package org.regstream.demo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.regstream.core.ConfigurationException;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.OneVolume;
import org.regstream.core.geometry.Grid;
import org.regstream.demo.FreshCopies.Copy;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;

/**
 * A real series, sent again and again: each time its instances get another series, other instance identifiers and the present
 * as acquisition time, and are else as the scanner wrote them.
 */
final class RecordedSeries implements LiveSource {

    private final List<DicomObject> instances;
    private final String study;
    private final Grid grid;
    private final FreshCopies copies = new FreshCopies();

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
        List<Copy> fresh = instances.stream().map(instance -> copies.of(instance, number, acquiredAt)).toList();
        return new LiveVolume(number, fresh.get(0).seriesInstanceUid(), fresh.stream().map(Copy::bytes).toList(),
                fresh.stream().map(Copy::instanceUid).collect(Collectors.toSet()), Optional.empty());
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
