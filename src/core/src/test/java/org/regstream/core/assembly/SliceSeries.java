package org.regstream.core.assembly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.regstream.core.assembly.Marks.Mark;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

/**
 * Made-up series: single-slice frames whose voxels hold the number of their slice. Each {@code with} gives a copy with one
 * thing changed.
 */
public record SliceSeries(String study, VolumeKey key, String frameOfReference, int declared, int rows, int columns,
        Affine plane) {

    public static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    /** Axial, 1 mm, 4 x 5 pixels, count unknown. */
    public static SliceSeries axial() {
        return new SliceSeries("2.25.1", new VolumeKey("2.25.2", ""), "2.25.3", 0, 4, 5,
                Affine.axisAligned(new Vector3(-20, -30, 40), 1, 1, 1));
    }

    public SliceSeries declaring(int slices) {
        return new SliceSeries(study, key, frameOfReference, slices, rows, columns, plane);
    }

    public SliceSeries withPhase(String phase) {
        return new SliceSeries(study, new VolumeKey(key.seriesInstanceUid(), "t" + phase), frameOfReference, declared,
                rows,
                columns, plane);
    }

    public SliceSeries withSeries(String uid) {
        return new SliceSeries(study, new VolumeKey(uid, key.phase()), frameOfReference, declared, rows, columns,
                plane);
    }

    public SliceSeries withStudy(String uid) {
        return new SliceSeries(uid, key, frameOfReference, declared, rows, columns, plane);
    }

    public SliceSeries withFrameOfReference(String uid) {
        return new SliceSeries(study, key, uid, declared, rows, columns, plane);
    }

    public SliceSeries withMatrix(int newRows, int newColumns) {
        return new SliceSeries(study, key, frameOfReference, declared, newRows, newColumns, plane);
    }

    /** @param affine of slice 0; stepK is the distance of the slices */
    public SliceSeries withPlane(Affine affine) {
        return new SliceSeries(study, key, frameOfReference, declared, rows, columns, affine);
    }

    /** Slices 0 to n - 1. */
    public List<Frame> frames(int n) {
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            frames.add(frame(k));
        }
        return frames;
    }

    /** Slice k; its instance UID ends in k, and it is acquired k milliseconds after {@link #START}. */
    public Frame frame(int k) {
        return frameAt(k, k);
    }

    /** An instance numbered {@code number} with the slice at {@code k} slice distances, which may be fractional. */
    public Frame frameAt(int number, double k) {
        return frame(number, List.of(slice(number, k)));
    }

    /** One instance with the slices from..to - 1. */
    public Frame slab(int number, int from, int to) {
        List<Volume> slices = new ArrayList<>();
        for (int k = from; k < to; k++) {
            slices.add(slice(k, k));
        }
        return frame(number, slices);
    }

    private Frame frame(int number, List<Volume> slices) {
        Marks marks = key.phase().isEmpty()
                ? Marks.NONE
                : Marks.NONE.with(Mark.TEMPORAL_POSITION, key.phase().substring(1));
        return new Frame(uid(number), study, key.seriesInstanceUid(), marks, frameOfReference,
                START.plusMillis(number), declared, slices);
    }

    /** The frame as another instance, at the same place. */
    public static Frame renamed(Frame frame, String sopInstanceUid) {
        return new Frame(sopInstanceUid, frame.studyInstanceUid(), frame.seriesInstanceUid(), frame.marks(),
                frame.frameOfReferenceUid(),
                frame.acquiredAt(), frame.declaredSlices(), frame.slices());
    }

    /** The frame with other marks. */
    public static Frame marked(Frame frame, Marks marks) {
        return new Frame(frame.sopInstanceUid(), frame.studyInstanceUid(), frame.seriesInstanceUid(), marks,
                frame.frameOfReferenceUid(), frame.acquiredAt(), frame.declaredSlices(), frame.slices());
    }

    public static Frame acquiredAt(Frame frame, Instant at) {
        return new Frame(frame.sopInstanceUid(), frame.studyInstanceUid(), frame.seriesInstanceUid(), frame.marks(),
                frame.frameOfReferenceUid(), at,
                frame.declaredSlices(), frame.slices());
    }

    public String uid(int number) {
        return key.seriesInstanceUid() + "." + (key.phase().isEmpty() ? "0" : key.phase()) + "." + number;
    }

    private Volume slice(int value, double k) {
        float[] values = new float[rows * columns];
        Arrays.fill(values, value);
        return Volume.takeOwnershipOf(new Grid(1, rows, columns, plane.shifted(k, 0, 0)), values);
    }
}
