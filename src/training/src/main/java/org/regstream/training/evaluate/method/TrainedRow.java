package org.regstream.training.evaluate.method;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.Registrar;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.loop.MeanTeacher;
import org.regstream.training.loop.RunFolder;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.loop.Trainer;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Precision;

/**
 * A row that trains networks. An interrupted training goes on where it was, with its own precision.
 *
 * @param recipe    of its networks
 * @param plan      that all rows share
 * @param precision of the convolutions; asked for when there is something to train
 */
record TrainedRow(String name, String label, Paper paper, Recipe recipe, TrainingPlan plan,
        Supplier<Precision> precision) implements Row {

    @Override
    public PreparedRow prepare(RowSite site) {
        List<TrainedRun> runs = IntStream.rangeClosed(1, recipe.members().trainings())
                .mapToObj(number -> trained(site, number)).toList();
        Cost cost = runs.stream().map(r -> new Cost(1, r.settings().epochs(), r.steps(), r.minutes()))
                .reduce(Cost.NOTHING, Cost::plus);
        return new PreparedRow(registrar(runs, site.budget().seed()), cost);
    }

    private Registrar registrar(List<TrainedRun> runs, long seed) {
        TrainingSettings s = runs.get(0).settings();
        Registrar registrar = new NetworkRegistrar(s.network(), s.precision(),
                recipe.members().weights(runs, plan, seed), recipe.members().passes(), seed);
        return recipe.hasTeacher()
                ? new TeacherMaps(registrar, new NetworkRegistrar(s.network(), s.precision(),
                        List.of(runs.get(0).teacher()), MeanTeacher.PASSES, seed))
                : registrar;
    }

    private TrainedRun trained(RowSite site, int number) {
        RunFolder folder = new RunFolder(site.run(number));
        String what = recipe.members().trainings() == 1
                ? name
                : name + " " + number + " of " + recipe.members().trainings();
        try {
            TrainingSettings settings = folder.hasCheckpoint()
                    ? folder.trained().settings()
                    : recipe.settings(site.task(), site.budget(), plan, precision.get(), number);
            try (Trainer trainer = new Trainer(settings, site.training(), site.watched(), folder)) {
                trainer.run((done, all, parts) -> site.watch().stepped(what, done, all), site.watch()::isStopped);
            }
            site.watch().requireGoingOn();
            return folder.trained();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the training in " + folder.path(), e);
        }
    }
}
