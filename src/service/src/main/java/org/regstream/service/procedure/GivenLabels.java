package org.regstream.service.procedure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.regstream.core.DecodeException;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.dicom.Code;
import org.regstream.dicom.read.Segmentation;

/**
 * Labels as somebody gave them, with what they are. Any structure is taken, whatever the model package knows; one that it
 * knows is called as there.
 *
 * @param labels     any values
 * @param structures those that the map holds, in the order of their labels
 */
public record GivenLabels(LabelMap labels, List<Structure> structures) {

    private static final int MAX_LABEL = 255;
    /** After Okabe and Ito, without the one in which uncertainty is shown. */
    private static final List<String> COLOURS = List.of("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2",
            "#d55e00");

    public GivenLabels {
        structures = List.copyOf(structures);
    }

    /**
     * A map of numbers alone: what the package calls by a number is that, all others are called by their numbers.
     *
     * @param known the package's structures
     */
    public static GivenLabels of(LabelMap map, List<Structure> known) {
        int[] counts = map.counts();
        List<Integer> labels = IntStream.rangeClosed(1, MAX_LABEL).filter(l -> counts[l] > 0).boxed().toList();
        Set<String> colours = new HashSet<>();
        known.stream().filter(k -> labels.contains(k.label())).forEach(k -> colours.add(k.colour()));
        return new GivenLabels(map, labels.stream().map(label -> numbered(label, known, colours)).toList());
    }

    /**
     * Segments say what they are. One that the package knows gets its label and name; any other keeps its own name, and its
     * number if that is free.
     *
     * @param known the package's structures
     */
    public static GivenLabels of(Segmentation segmentation, List<Structure> known) {
        List<Structure> segments = withVoxels(segmentation);
        Set<Integer> taken = new HashSet<>();
        Map<Structure, Structure> names = new HashMap<>();
        for (Structure segment : segments) {
            same(segment, segments, known).filter(k -> taken.add(k.label())).ifPresent(k -> names.put(segment, k));
        }
        known.forEach(k -> taken.add(k.label()));
        for (Structure segment : segments) {
            if (!names.containsKey(segment)) {
                names.put(segment, withLabel(segment, free(segment.label(), taken)));
            }
        }
        return renamed(segmentation.labels(), segments, names);
    }

    /**
     * Likewise, numbered and named as somebody asks for; segments that nobody asks for are left out.
     *
     * @throws DecodeException if there is no segment of a structure that is asked for
     */
    public static GivenLabels asAskedFor(Segmentation segmentation, List<Structure> wanted) {
        List<Structure> segments = withVoxels(segmentation);
        Map<Structure, Structure> names = new HashMap<>();
        for (Structure segment : segments) {
            same(segment, segments, wanted).ifPresent(w -> names.putIfAbsent(segment, w));
        }
        for (Structure w : wanted) {
            if (!names.containsValue(w)) {
                throw new DecodeException(
                        "no segment is " + w.name() + ", code " + w.code() + "; the Segmentation holds "
                                + segmentation.structures().stream()
                                        .map(s -> s.name() + ", code " + s.code() + " " + s.meaning()).toList()
                                + "; name the structures so, or leave them out");
            }
        }
        return renamed(segmentation.labels(), List.copyOf(names.keySet()), names);
    }

    /** @return numbered as the structures of the same name are; all others are left out */
    public LabelMap numberedAs(List<Structure> others) {
        byte[] numbers = new byte[MAX_LABEL + 1];
        for (Structure s : structures) {
            others.stream().filter(o -> o.name().equals(s.name())).findFirst()
                    .ifPresent(o -> numbers[s.label()] = (byte) o.label());
        }
        return renumbered(labels, numbers);
    }

    /** @return a map in which nothing is labelled that is none of the structures */
    public static LabelMap only(LabelMap map, List<Structure> structures) {
        byte[] numbers = new byte[MAX_LABEL + 1];
        structures.forEach(s -> numbers[s.label()] = (byte) s.label());
        return renumbered(map, numbers);
    }

    /** A segment that is described and has no voxel changes nothing. */
    private static List<Structure> withVoxels(Segmentation segmentation) {
        int[] counts = segmentation.labels().counts();
        return segmentation.structures().stream().filter(s -> counts[s.label()] > 0).toList();
    }

    /** The one with the segment's code and name; else, where one segment alone has that code, the only one that has it too. */
    private static Optional<Structure> same(Structure segment, List<Structure> segments, List<Structure> among) {
        List<Structure> sameCode = among.stream().filter(s -> s.code().equals(segment.code())).toList();
        Optional<Structure> exact = sameCode.stream().filter(s -> s.name().equalsIgnoreCase(segment.name()))
                .findFirst();
        boolean isOnly = sameCode.size() == 1
                && segments.stream().filter(s -> s.code().equals(segment.code())).count() == 1;
        return exact.or(() -> isOnly ? Optional.of(sameCode.get(0)) : Optional.empty());
    }

    private static int free(int wish, Set<Integer> taken) {
        int label = wish;
        while (!taken.add(label)) {
            label = label % MAX_LABEL + 1;
        }
        return label;
    }

    private static GivenLabels renamed(LabelMap map, List<Structure> segments, Map<Structure, Structure> names) {
        byte[] numbers = new byte[MAX_LABEL + 1];
        segments.forEach(s -> numbers[s.label()] = (byte) names.get(s).label());
        List<Structure> structures = segments.stream().map(names::get)
                .sorted((a, b) -> Integer.compare(a.label(), b.label())).toList();
        return new GivenLabels(renumbered(map, numbers), structures);
    }

    private static LabelMap renumbered(LabelMap map, byte[] numbers) {
        byte[] labels = map.labels().clone();
        for (int x = 0; x < labels.length; x++) {
            labels[x] = numbers[labels[x] & 0xff];
        }
        return LabelMap.takeOwnershipOf(map.grid(), labels);
    }

    /** @param colours in use; takes the structure's */
    private static Structure numbered(int label, List<Structure> known, Set<String> colours) {
        Code any = Code.ANATOMICAL_STRUCTURE;
        return known.stream().filter(k -> k.label() == label).findFirst().orElseGet(
                () -> new Structure(label, "label " + label, any.value(), any.meaning(), colour(label, colours)));
    }

    private static Structure withLabel(Structure s, int label) {
        return new Structure(label, s.name(), s.code(), s.meaning(), s.colour());
    }

    /** One that no other structure has, as long as there are any. */
    private static String colour(int label, Set<String> taken) {
        String colour = COLOURS.stream().filter(c -> !taken.contains(c)).findFirst()
                .orElse(COLOURS.get(label % COLOURS.size()));
        taken.add(colour);
        return colour;
    }
}
