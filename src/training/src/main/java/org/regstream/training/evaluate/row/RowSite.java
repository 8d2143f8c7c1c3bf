package org.regstream.training.evaluate.row;

import java.nio.file.Path;
import java.util.List;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;

/**
 * Where a row is prepared.
 *
 * @param task     what labels and window are
 * @param budget   of each row
 * @param training images to learn from
 * @param watched  images that a training is watched on; never learnt from
 * @param folder   of the row; may hold what an interrupted comparison left
 * @param watch    hears of progress and says when to stop
 */
public record RowSite(Task task, Budget budget, List<Sample> training, List<Sample> watched, Path folder,
        Watch watch) {

    public RowSite {
        training = List.copyOf(training);
        watched = List.copyOf(watched);
    }

    /** Where a training of the row keeps its weights and logs. @param number from 1 */
    public Path run(int number) {
        return run(folder, number);
    }

    /** @param row folder of a row. @param number of one of its trainings, from 1 */
    public static Path run(Path row, int number) {
        return row.resolve("training-" + number);
    }
}
