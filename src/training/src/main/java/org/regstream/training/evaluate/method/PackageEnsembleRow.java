package org.regstream.training.evaluate.method;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.model.EnsemblePrediction;
import org.regstream.core.uncertainty.EnsembleMaps;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;
import org.regstream.onnx.OnnxEnsemble;
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
import org.regstream.training.evaluate.row.RowUnavailableException;
import org.regstream.training.evaluate.row.UncertaintyKind;

/**
 * The ensemble of a model package, on ONNX Runtime. Its members stay inside the graph; their maps come out.
 *
 * @param folder of the package
 */
record PackageEnsembleRow(Path folder) implements Row {

    static final String NAME = "package-ensemble";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return "package " + folder.getFileName() + ", ensemble";
    }

    @Override
    public Paper paper() {
        return Paper.OWN;
    }

    /** Trained elsewhere, under its own budget, which its manifest tells. */
    @Override
    public PreparedRow prepare(RowSite site) {
        OnnxEnsemble model = OnnxEnsemble.openIfPresent(folder, OnnxSettings.DEFAULT)
                .orElseThrow(() -> new RowUnavailableException("the package has no ensemble"));
        return new PreparedRow(new Ensemble(model, site.task()), Cost.NOTHING);
    }

    private record Ensemble(OnnxEnsemble model, Task task) implements Registrar {

        @Override
        public Outcome register(Pairing pair) {
            LabelProbabilities labels = pair.movingLabels(task.channels());
            EnsemblePrediction p = model.assess(pair.fixed().image(), pair.movingImage(), labels);
            return new Outcome(p.displacement(), Warp.linear(pair.movingImage(), p.displacement(), 0),
                    Warp.linear(labels, p.displacement()), Optional.of(p.labelProbabilities()), Optional.empty(),
                    List.of(), maps(p));
        }

        private static Map<UncertaintyKind, Volume> maps(EnsemblePrediction p) {
            Map<UncertaintyKind, Volume> maps = new EnumMap<>(UncertaintyKind.class);
            maps.put(UncertaintyKind.FLOW_SPREAD, p.displacementSpread());
            maps.put(UncertaintyKind.PREDICTIVE, p.predictiveUncertainty());
            maps.put(UncertaintyKind.MUTUAL_INFORMATION, p.mutualInformation());
            maps.put(UncertaintyKind.COMBINED,
                    EnsembleMaps.combined(p.displacementSpread(), p.predictiveUncertainty()));
            return maps;
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
