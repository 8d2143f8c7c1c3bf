package org.regstream.training.evaluate.table;

import java.util.ArrayList;
import java.util.List;
import org.regstream.core.RegstreamException;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.evaluate.row.StoppedException;
import org.regstream.training.evaluate.row.Watch;

/**
 * Prepares and measures rows, one after the other. A row that fails says why and does not hold up the others; one that was
 * measured before is not measured again.
 *
 * @param task     what labels and window are
 * @param terms    of the comparison
 * @param training images to learn from
 * @param pairs    to register
 * @param folder   of the comparison
 * @param watch    hears of progress
 * @param listener sees the first pair of each row
 */
public record RowRunner(Task task, Terms terms, List<Sample> training, List<Pairing> pairs, ComparisonFolder folder,
        Watch watch, FirstPair listener) {

    /** Trainings are watched on so many images. */
    private static final int WATCHED = 2;

    /** Draws what one pair looks like. */
    @FunctionalInterface
    public interface FirstPair {
        void registered(Row row, Pairing pair, Outcome outcome);
    }

    public RowRunner {
        training = List.copyOf(training);
        pairs = List.copyOf(pairs);
    }

    /** @throws StoppedException if the user wants to stop; rows that are done are kept */
    public Comparison run(List<Row> rows) {
        List<RowResult> results = new ArrayList<>();
        for (Row row : rows) {
            watch.requireGoingOn();
            results.add(folder.measured(row).orElseGet(() -> filled(row)));
        }
        return new Comparison(terms, Machine.description(), results);
    }

    private RowResult filled(Row row) {
        try (PreparedRow prepared = row.prepare(site(row))) {
            RowResult result = RowResult.of(row, prepared.cost(), measured(row, prepared));
            folder.save(row, result);
            return result;
        } catch (StoppedException e) {
            throw e;
        } catch (RegstreamException e) {
            return RowResult.failed(row, e.getMessage());
        }
    }

    private RowSite site(Row row) {
        List<Sample> watched = pairs.stream().map(Pairing::fixed).limit(WATCHED).toList();
        return new RowSite(task, terms.budget(), training, watched, folder.of(row), watch);
    }

    private List<Measurement> measured(Row row, PreparedRow prepared) {
        List<Measurement> cases = new ArrayList<>();
        for (Pairing pair : pairs) {
            watch.requireGoingOn();
            long start = System.nanoTime();
            Outcome outcome = prepared.registrar().register(pair);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (cases.isEmpty()) {
                listener.registered(row, pair, outcome);
            }
            cases.add(Measurement.of(pair, outcome, terms.protocol() == Protocol.ATLAS, seconds));
            watch.stepped(row.name() + ": registering", cases.size(), pairs.size());
        }
        return cases;
    }
}
