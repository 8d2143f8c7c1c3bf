package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;

/**
 * Which frames a binary segmentation has, and their bits. Ordered by segment, then by slice. Slices without a voxel of a segment
 * are left out, but each segment keeps one frame at least, an empty one if it must, so that readers find every segment.
 */
final class SegmentFrames {

    /** One frame.
     *  @param segment from 1
     *  @param slice   k in the label map */
    record SegmentFrame(int segment, int slice) {}

    private final LabelMap labels;
    private final List<Structure> structures;
    private final List<SegmentFrame> frames = new ArrayList<>();
    private final SortedSet<Integer> slices = new TreeSet<>();

    SegmentFrames(LabelMap labels, List<Structure> structures) {
        this.labels = labels;
        this.structures = structures;
        for (int segment = 1; segment <= structures.size(); segment++) {
            addFrames(segment);
        }
        frames.forEach(frame -> slices.add(frame.slice));
    }

    private void addFrames(int segment) {
        int before = frames.size();
        for (int k = 0; k < labels.grid().depth(); k++) {
            if (hasLabel(k, structures.get(segment - 1).label())) {
                frames.add(new SegmentFrame(segment, k));
            }
        }
        if (frames.size() == before) {
            frames.add(new SegmentFrame(segment, 0));
        }
    }

    private boolean hasLabel(int k, int label) {
        int from = labels.grid().offset(k, 0, 0);
        int to = labels.grid().offset(k + 1, 0, 0);
        for (int at = from; at < to; at++) {
            if ((labels.labels()[at] & 0xff) == label) {
                return true;
            }
        }
        return false;
    }

    List<SegmentFrame> frames() {
        return frames;
    }

    /** @return the place of a slice among those that have a frame, from 1 */
    int rank(int slice) {
        return slices.headSet(slice).size() + 1;
    }

    /** @return one bit a pixel, frame after frame without a gap, the first pixel in the lowest bit; as a new array */
    byte[] bits() {
        Grid grid = labels.grid();
        int pixels = grid.height() * grid.width();
        byte[] bits = new byte[Math.toIntExact(((long) frames.size() * pixels + 7) / 8)];
        long bit = 0;
        for (SegmentFrame frame : frames) {
            byte label = (byte) structures.get(frame.segment - 1).label();
            int from = grid.offset(frame.slice, 0, 0);
            for (int at = from; at < from + pixels; at++, bit++) {
                if (labels.labels()[at] == label) {
                    bits[(int) (bit >> 3)] |= (byte) (1 << (bit & 7));
                }
            }
        }
        return bits;
    }
}
