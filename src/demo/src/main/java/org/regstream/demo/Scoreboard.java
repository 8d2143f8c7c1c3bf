package org.regstream.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.regstream.core.line.Network;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.pipeline.Placement;
import org.regstream.core.quality.Dice;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.warp.Resample;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.SegmentationReader;

/** Matches labels to the volumes that were sent, by the instances they refer to, and rates them. Thread-safe. */
final class Scoreboard {

    /** Volumes that are kept for the ensemble's labels, which a package without ensemble never gives. */
    private static final int MAX_UNASSESSED = 8;

    private record Sent(LiveVolume volume, long lastSliceNanos) {}

    private final Patient patient;
    private final LabelMap unregistered;
    private final NavigableMap<Integer, Sent> waiting = new TreeMap<>();
    /** Whose first labels came, for the ensemble's. */
    private final NavigableMap<Integer, Sent> registered = new TreeMap<>();
    private final FrameReader reader = FrameReader.withDefaults();

    /** @param window the network's window, laid middle on middle over patient and live image, as the service does */
    Scoreboard(Patient patient, ModelGrid window, LiveSource source) {
        this.patient = patient;
        Placement placement = new Placement(window.centredOn(source.grid()),
                window.centredOn(patient.image().grid()));
        this.unregistered = Resample.nearest(
                patient.labels().withGrid(placement.overlaid(patient.image().grid())), source.grid());
    }

    synchronized void sent(LiveVolume volume, long lastSliceNanos) {
        waiting.put(volume.number(), new Sent(volume, lastSliceNanos));
    }

    /**
     * Rates labels, and gives up waiting for volumes before theirs: a newer volume has overtaken them.
     *
     * @return empty if they are of no waiting volume, as a repeat is
     */
    synchronized Optional<VolumeScore> received(DisplayEvent.Labels labels) {
        DicomObject segmentation = reader.readObject(labels.segmentation());
        String uid = segmentation.item(Tag.REFERENCED_SERIES_SEQUENCE)
                .flatMap(series -> series.item(Tag.REFERENCED_INSTANCE_SEQUENCE))
                .map(instance -> instance.string(Tag.REFERENCED_SOP_INSTANCE_UID)).orElse("");
        boolean isFirst = labels.source() == Network.STUDENT;
        NavigableMap<Integer, Sent> among = isFirst ? waiting : registered;
        Optional<Sent> match = among.values().stream().filter(s -> s.volume().instanceUids().contains(uid))
                .findFirst();
        match.ifPresent(sent -> among.headMap(sent.volume().number(), true).clear());
        if (isFirst) {
            match.ifPresent(this::awaitAssessment);
        }
        return match.map(sent -> score(sent, segmentation, labels));
    }

    private void awaitAssessment(Sent sent) {
        registered.put(sent.volume().number(), sent);
        if (registered.size() > MAX_UNASSESSED) {
            registered.pollFirstEntry();
        }
    }

    /** Whether labels of a volume have come, and none of the ensemble of it or a newer one. */
    synchronized boolean isUnassessed(int number) {
        return registered.containsKey(number);
    }

    /** @return the number of the oldest volume still waiting whose last slice went out before {@code nanoTime} */
    synchronized Optional<Integer> overdue(long nanoTime) {
        return waiting.values().stream().filter(s -> s.lastSliceNanos() - nanoTime < 0).map(s -> s.volume().number())
                .findFirst();
    }

    private VolumeScore score(Sent sent, DicomObject segmentation, DisplayEvent.Labels labels) {
        double total = (labels.arrivedNanos() - sent.lastSliceNanos()) / 1e6;
        return new VolumeScore(sent.volume().number(), labels.source(), total, labels.queueMillis(),
                labels.modelMillis(), labels.fieldMillis(),
                sent.volume().truth().map(truth -> overlaps(truth, segmentation)), labels.predictedDice());
    }

    private List<VolumeScore.Overlap> overlaps(LabelMap truth, DicomObject segmentation) {
        LabelMap segments = SegmentationReader.read(segmentation, truth.grid()).labels();
        double[] before = Dice.perLabel(truth, unregistered, patient.channels());
        double[] after = Dice.perLabel(truth, toLabels(segments), patient.channels());
        List<VolumeScore.Overlap> overlaps = new ArrayList<>();
        patient.structures().forEach(
                s -> overlaps.add(new VolumeScore.Overlap(s.name(), before[s.label()], after[s.label()])));
        return overlaps;
    }

    /** Segment numbers count the structures from 1. */
    private LabelMap toLabels(LabelMap segments) {
        byte[] labels = segments.labels().clone();
        for (int x = 0; x < labels.length; x++) {
            int segment = labels[x] & 0xff;
            labels[x] = segment == 0 ? 0 : (byte) patient.structures().get(segment - 1).label();
        }
        return LabelMap.takeOwnershipOf(segments.grid(), labels);
    }
}
