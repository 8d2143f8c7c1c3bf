package org.regstream.training.evaluate.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Dataset;
import org.regstream.training.data.Sample;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.row.Budget;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.evaluate.row.UncertaintyKind;
import org.regstream.training.evaluate.row.Watch;

class PackageRowTest {

    private static final Path MODEL = Path.of(System.getProperty("regstream.root"), "models", "hippocampus");

    @TempDir
    Path folder;

    @Test
    void shouldRegisterByTheShippedPackage() throws IOException {
        TinyTask.write(folder, 2);
        Dataset dataset = Dataset.open(folder);
        List<Sample> samples = dataset.read(dataset.names(), Task.HIPPOCAMPUS);
        Pairing pair = new Pairing(samples.get(0), samples.get(1));
        RowSite site = new RowSite(Task.HIPPOCAMPUS, new Budget(1, 2, 2, 1), samples, samples, folder, Watch.NONE);

        try (PreparedRow prepared = PackageRow.student(MODEL).prepare(site)) {
            Outcome outcome = prepared.registrar().register(pair);

            assertThat(prepared.cost()).isEqualTo(Cost.NOTHING);
            assertThat(outcome.maps(pair, false)).containsKey(UncertaintyKind.EXPECTED_ERROR);
            assertThat(outcome.labels(true)).isSameAs(outcome.refinedLabels().orElseThrow());
            assertThat(outcome.displacement().at(0, 24, 32, 24)).isNotZero();
        }
    }
}
