package org.regstream.training.evaluate.method;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.regstream.core.ConfigurationException;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.network.Precision;

/** All rows that can be asked for, by name, in the order of the tables. */
public final class Methods {

    /** Stands for all of them. */
    public static final String ALL = "all";

    private final List<Row> rows;

    private Methods(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * What the user may set.
     *
     * @param synCommand   template of a command, see {@link ExternalRow}
     * @param deedsCommand likewise
     * @param timeLimit    of an outside program, for a pair
     * @param model        folder of a package that is to be a row too
     * @param plan         of what is trained
     * @param precision    of what is trained; asked for when something is
     */
    public record Options(Optional<String> synCommand, Optional<String> deedsCommand, Duration timeLimit,
            Optional<Path> model, TrainingPlan plan, Supplier<Precision> precision) {

        /** Nothing installed. */
        public static Options of(TrainingPlan plan, Supplier<Precision> precision) {
            return new Options(Optional.empty(), Optional.empty(), Duration.ofMinutes(10), Optional.empty(), plan,
                    precision);
        }
    }

    /** @throws ConfigurationException if a command lacks a placeholder */
    public static Methods of(Options options) {
        TrainedMethods trained = new TrainedMethods(options.plan, options.precision);
        List<Row> rows = new ArrayList<>();
        rows.add(new UntrainedRow("unregistered", "unregistered", Paper.P1, ClassicalMethods::unregistered));
        rows.addAll(trained.p1());
        rows.add(new UntrainedRow("initial", "Initial", Paper.P2, ClassicalMethods::unregistered));
        rows.add(external("syn", "SyN", "--syn-command", options.synCommand, options.timeLimit));
        rows.add(external("deeds", "Deeds", "--deeds-command", options.deedsCommand, options.timeLimit));
        rows.addAll(trained.p2());
        rows.add(new UntrainedRow("optimise", "instance optimisation", Paper.OWN, ClassicalMethods::optimise));
        options.model.ifPresent(model -> rows.addAll(List.of(PackageRow.student(model), PackageRow.ensemble(model))));
        return new Methods(rows);
    }

    private static Row external(String name, String label, String option, Optional<String> command, Duration limit) {
        return new ExternalRow(name, label, option, command.map(c -> ExternalCommand.parse(c, limit)));
    }

    public List<Row> all() {
        return rows;
    }

    /**
     * @param names apart by commas, or {@link #ALL}
     * @return rows in the order of the tables
     * @throws ConfigurationException if there is no such row
     */
    public List<Row> named(String names) {
        List<String> wanted = Arrays.stream(names.split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList();
        List<String> known = rows.stream().map(Row::name).toList();
        if (wanted.isEmpty()) {
            throw new ConfigurationException("no method was named; " + choice(known));
        }
        for (String name : wanted) {
            if (!name.equals(ALL) && !known.contains(name)) {
                throw new ConfigurationException("there is no method " + name + "; " + choice(known)
                        + (name.startsWith(PackageRow.NAME) ? "; name a package with --model" : ""));
            }
        }
        return rows.stream().filter(r -> wanted.contains(ALL) || wanted.contains(r.name())).toList();
    }

    private static String choice(List<String> known) {
        return "choose from " + ALL + ", " + String.join(", ", known);
    }
}
