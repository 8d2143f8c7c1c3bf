package org.regstream.core.assembly;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.regstream.core.assembly.Marks.Mark;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;

/**
 * Tells the volumes of one series apart. Slices are of one volume until two of them contradict each other: by lying at one
 * place, or in planes that no stack holds both of. The marks that then tell them apart are those that leave no contradiction
 * and make exactly as many volumes as there must be; a number that counts slices or slabs makes more. So do marks of volumes
 * that have lost slices to one another's places: they are known by a volume that has a slice at every place.
 */
public final class Phases {

    /** Two slices nearer than this lie at one place: positions of two decimals, and half of what one decimal rounds. */
    private static final double SAME_PLACE_MM = 0.05;

    /** A slice.
     *  @param grid [1, H, W], LPS mm */
    public record Placed(Grid grid, Marks marks) {}

    private final GeometryTolerance tolerance;

    public Phases(GeometryTolerance tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * @return the marks that tell the volumes apart, the fewest and surest; empty if one volume may hold all slices, or nothing
     *         tells
     */
    public Optional<Set<Mark>> tell(Collection<Placed> slices) {
        int volumes = volumes(slices);
        return volumes == 1
                ? Optional.empty()
                : candidates(differing(slices)).stream().filter(marks -> makes(volumes, marks, slices)).findFirst();
    }

    /** @return the marks that are not the same in all slices */
    private static Set<Mark> differing(Collection<Placed> slices) {
        Set<Mark> differing = EnumSet.allOf(Mark.class);
        differing.removeIf(mark -> slices.stream().map(s -> s.marks().only(EnumSet.of(mark))).distinct().count() == 1);
        return differing;
    }

    /** Single marks, then pairs. */
    private static List<Set<Mark>> candidates(Set<Mark> marks) {
        List<Set<Mark>> candidates = new ArrayList<>();
        for (Mark mark : marks) {
            candidates.add(EnumSet.of(mark));
        }
        for (Mark one : marks) {
            for (Mark other : marks) {
                if (one.compareTo(other) < 0) {
                    candidates.add(EnumSet.of(one, other));
                }
            }
        }
        return candidates;
    }

    private boolean makes(int volumes, Set<Mark> marks, Collection<Placed> slices) {
        Map<Marks, List<Placed>> groups = new HashMap<>();
        slices.forEach(s -> groups.computeIfAbsent(s.marks().only(marks), key -> new ArrayList<>()).add(s));
        return groups.values().stream().allMatch(group -> volumes(group) == 1)
                && (groups.size() == volumes || hasWhole(groups.values(), slices));
    }

    /** No slab is as long as all of them, and no package of every other slice as dense. */
    private boolean hasWhole(Collection<List<Placed>> groups, Collection<Placed> slices) {
        int all = places(slices);
        return groups.stream().anyMatch(group -> group.size() == all && places(group) == all);
    }

    /** @return how many places the slices lie at; 0 if no stack holds them */
    private int places(Collection<Placed> slices) {
        List<List<Grid>> stacks = stacks(slices);
        return stacks.size() == 1 ? places(along(stacks.get(0))) : 0;
    }

    private static int places(double[] along) {
        int places = 1;
        for (int at = 1; at < along.length; at++) {
            places += along[at] - along[at - 1] > SAME_PLACE_MM ? 1 : 0;
        }
        return places;
    }

    /** @return how many volumes it takes at least to hold the slices */
    private int volumes(Collection<Placed> slices) {
        return stacks(slices).stream().mapToInt(stack -> mostAtOnePlace(along(stack))).sum();
    }

    /** @return slices that one stack may hold, each in one */
    private List<List<Grid>> stacks(Collection<Placed> slices) {
        List<List<Grid>> stacks = new ArrayList<>();
        for (Placed slice : slices) {
            Optional<List<Grid>> stack = stacks.stream()
                    .filter(s -> SliceAgreement.check(s.get(0), slice.grid(), tolerance).isEmpty()).findFirst();
            stack.orElseGet(() -> {
                stacks.add(new ArrayList<>());
                return stacks.get(stacks.size() - 1);
            }).add(slice.grid());
        }
        return stacks;
    }

    /** Whether two slices of parallel planes lie at one place of a stack. */
    static boolean areAtOnePlace(Grid one, Grid other) {
        Affine plane = one.affine();
        Vector3 normal = plane.stepI().cross(plane.stepJ()).normalized();
        return Math.abs(other.affine().origin().minus(plane.origin()).dot(normal)) <= SAME_PLACE_MM;
    }

    /** @return where slices of one stack lie along its normal, mm, in order */
    private static double[] along(List<Grid> stack) {
        Affine plane = stack.get(0).affine();
        Vector3 normal = plane.stepI().cross(plane.stepJ()).normalized();
        return stack.stream().mapToDouble(g -> g.affine().origin().dot(normal)).sorted().toArray();
    }

    private static int mostAtOnePlace(double[] along) {
        int most = 1;
        for (int from = 0, to = 0; to < along.length; to++) {
            while (along[to] - along[from] > SAME_PLACE_MM) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
