package org.regstream.training.evaluate.method;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.loop.MeanTeacher;
import org.regstream.training.loop.Objective;
import org.regstream.training.network.Heads;
import org.regstream.training.network.Precision;

/** The rows of both papers that are trained. */
final class TrainedMethods {

    /** λ of 1 to this, which P2 searches for the best fixed one. */
    private static final int GRID = 5;

    /** Weight of DIF-VM's Kullback-Leibler term, whose prior alone makes its velocity smooth; at 0.03 its training ran away. */
    private static final double DIVERGENCE = 0.12;

    private final TrainingPlan plan;
    private final Supplier<Precision> precision;

    TrainedMethods(TrainingPlan plan, Supplier<Precision> precision) {
        this.plan = plan;
        this.precision = precision;
    }

    /** In the order of P1's table 1. */
    List<Row> p1() {
        List<Row> rows = new ArrayList<>();
        rows.add(p1("voxelmorph", "VoxelMorph", Heads.NONE, Members.SINGLE));
        rows.add(p1("ours", "Ours", Heads.PREDICTIVE_AND_REFINER, Members.SINGLE));
        rows.addAll(ensembles("voxelmorph", "VoxelMorph", Heads.NONE));
        rows.addAll(ensembles("ours", "Ours", Heads.PREDICTIVE_AND_REFINER));
        return rows;
    }

    private List<Row> ensembles(String name, String label, Heads heads) {
        return List.of(p1(name + "+boot", label + "+Boot", heads, Members.BOOTSTRAP),
                p1(name + "+drop", label + "+Drop", heads, Members.DROPOUT),
                p1(name + "+snap", label + "+Snap", heads, Members.SNAPSHOT));
    }

    private Row p1(String name, String label, Heads heads, Members members) {
        return new TrainedRow(name, label, Paper.P1, Recipe.p1(heads, members), plan, precision);
    }

    /** In the order of P2's table 1, the grid complete. */
    List<Row> p2() {
        List<Row> rows = new ArrayList<>();
        rows.add(p2("dif-vm", "DIF-VM",
                Recipe.p2(Objective.P2.withSmoothness(0).withDivergence(DIVERGENCE)).probabilistic()));
        for (int lambda = 1; lambda <= GRID; lambda++) {
            rows.add(p2("vm-" + lambda, "VM (λ = " + lambda + ")", Recipe.p2(Objective.P2.withSmoothness(lambda))));
        }
        rows.add(p2("cir-dm", "VM (CIR-DM)", Recipe.p2(Objective.P2).conditioned()));
        rows.add(teacher("as+atc", "VM (AS+ATC)", MeanTeacher.AS_ATC));
        rows.add(teacher("as", "VM (AS)", MeanTeacher.AS));
        rows.add(teacher("s+tc", "VM (S+TC)", MeanTeacher.S_TC));
        rows.add(teacher("as+tc", "VM (AS+TC)", MeanTeacher.AS_TC));
        return rows;
    }

    private Row teacher(String name, String label, MeanTeacher teacher) {
        return p2(name, label, Recipe.p2(Objective.P2.with(teacher)));
    }

    private Row p2(String name, String label, Recipe recipe) {
        return new TrainedRow(name, label, Paper.P2, recipe, plan, precision);
    }
}
