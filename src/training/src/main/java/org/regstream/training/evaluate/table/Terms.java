package org.regstream.training.evaluate.table;

import java.util.List;
import java.util.Locale;
import org.regstream.training.evaluate.Protocol;
import org.regstream.training.evaluate.row.Budget;

/**
 * What all rows of a comparison share; a comparison is resumed under the same terms or not at all.
 *
 * @param task       id
 * @param structures names, from label 1
 * @param protocol   that pairs the images
 * @param budget     of each row
 * @param training   what else the trainings share: size of the networks, optimiser
 */
public record Terms(String task, List<String> structures, Protocol protocol, Budget budget, String training) {

    public Terms {
        structures = List.copyOf(structures);
    }

    /** For headings and captions. */
    public String sentence() {
        return String.format(Locale.ROOT, "%s, %s protocol, %d cases; each training: %s; %s", task,
                protocol.name().toLowerCase(Locale.ROOT), budget.cases(), budget, training);
    }
}
