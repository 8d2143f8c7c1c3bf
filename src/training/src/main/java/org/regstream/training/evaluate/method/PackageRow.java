package org.regstream.training.evaluate.method;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.regstream.core.carry.CarriedLabels;
import org.regstream.core.carry.CarryingFields;
import org.regstream.core.carry.RefinedLabels;
import org.regstream.core.model.Look;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
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
import org.regstream.training.evaluate.row.RowUnavailableException;
import org.regstream.training.evaluate.row.UncertaintyKind;

/**
 * A model package on ONNX Runtime, by the network alone, nothing fitted: labels are carried along the mean field and blurred by
 * the expected error; refined ones are these and the outline put together.
 *
 * @param name   of the row
 * @param part   which of the package's networks
 * @param folder of the package
 */
record PackageRow(String name, String part, Path folder, Function<Path, Optional<OnnxModel>> opener) implements Row {

    static final String NAME = "package";

    static PackageRow student(Path folder) {
        return new PackageRow(NAME, "", folder, f -> Optional.of(OnnxModel.openStudent(f, OnnxSettings.DEFAULT)));
    }

    static PackageRow ensemble(Path folder) {
        return new PackageRow(NAME + "-ensemble", ", ensemble", folder,
                f -> OnnxModel.openEnsemble(f, OnnxSettings.DEFAULT));
    }

    @Override
    public String label() {
        return "package " + folder.getFileName() + part;
    }

    @Override
    public Paper paper() {
        return Paper.OWN;
    }

    /** Trained elsewhere, under its own budget, which its manifest tells. */
    @Override
    public PreparedRow prepare(RowSite site) {
        OnnxModel model = opener.apply(folder)
                .orElseThrow(() -> new RowUnavailableException("the package has no ensemble"));
        return new PreparedRow(new Network(model, site.task()), Cost.NOTHING);
    }

    private record Network(OnnxModel model, Task task) implements Registrar {

        @Override
        public Outcome register(Pairing pair) {
            Look look = model.look(pair.fixed().image(), pair.movingImage());
            LabelMap given = pair.moving().labels().withGrid(look.grid());
            CarryingFields fields = CarryingFields.of(look.displacement(), look,
                    model.manifest().thresholds().errorScale());
            return new Outcome(look.displacement(), Warp.linear(pair.movingImage(), look.displacement(), 0),
                    CarriedLabels.probabilities(given, fields, look.grid(), task.channels()),
                    Optional.of(RefinedLabels.of(given, fields, look.outline(), look.grid())), Optional.empty(),
                    List.of(), maps(look));
        }

        private static Map<UncertaintyKind, Volume> maps(Look look) {
            Map<UncertaintyKind, Volume> maps = new EnumMap<>(UncertaintyKind.class);
            maps.put(UncertaintyKind.EXPECTED_ERROR, look.expectedError());
            if (look.size() > 1) {
                maps.put(UncertaintyKind.FLOW_SPREAD, look.displacementSpread());
            }
            return maps;
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
