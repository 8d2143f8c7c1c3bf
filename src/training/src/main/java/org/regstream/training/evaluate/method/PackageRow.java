package org.regstream.training.evaluate.method;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.model.Prediction;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.OnnxModel;
import org.regstream.onnx.OnnxSettings;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.Registrar;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.RowSite;

/**
 * The student of a model package, on ONNX Runtime. Its graph gives the refined labels alone, so the warped ones are made of
 * its field.
 *
 * @param folder of the package
 */
record PackageRow(Path folder) implements Row {

    static final String NAME = "package";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "package " + folder.getFileName();
    }

    @Override
    public Paper paper() {
        return Paper.OWN;
    }

    /** Trained elsewhere, under its own budget, which its manifest tells. */
    @Override
    public PreparedRow prepare(RowSite site) {
        return new PreparedRow(new Student(OnnxModel.open(folder, OnnxSettings.DEFAULT), site.task()), Cost.NOTHING);
    }

    private record Student(OnnxModel model, Task task) implements Registrar {

        @Override
        public Outcome register(Pairing pair) {
            LabelProbabilities labels = pair.movingLabels(task.channels());
            Prediction p = model.predict(pair.fixed().image(), pair.movingImage(), labels);
            return new Outcome(p.displacement(), p.warped(), Warp.linear(labels, p.displacement()),
                    Optional.of(p.labelProbabilities()),
                    p.predictiveUncertainty(), List.of(), Map.of());
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
