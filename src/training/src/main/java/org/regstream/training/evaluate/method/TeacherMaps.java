package org.regstream.training.evaluate.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.Volume;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.Registrar;
import org.regstream.training.evaluate.row.UncertaintyKind;
import org.regstream.training.loss.DoubleUncertainty;
import org.regstream.training.torchscript.ScriptFunction;

/**
 * A student that registers, and the double uncertainty (P2, Eq. 4) of its teacher, which says how unsure it is of field and
 * image. Both are closed with this.
 */
final class TeacherMaps implements Registrar {

    private final Registrar student;
    private final NetworkRegistrar teacher;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final ScriptFunction spread = ScriptFunction.compile("passes: Tensor) -> Tensor",
            "    return __torch__.doubt(passes)\n", DoubleUncertainty.script());

    TeacherMaps(Registrar student, NetworkRegistrar teacher) {
        this.student = student;
        this.teacher = teacher;
    }

    @Override
    public Outcome register(Pairing pair) {
        List<Outcome> passes = teacher.passes(pair);
        return student.register(pair)
                .withOwnMaps(Map.of(UncertaintyKind.TRANSFORMATION, map(passes, o -> o.displacement().components(), 3),
                        UncertaintyKind.APPEARANCE, map(passes, o -> o.warped().values(), 1)));
    }

    private Volume map(List<Outcome> passes, Function<Outcome, float[]> values, int channels) {
        Grid g = passes.get(0).displacement().grid();
        int size = channels * g.size();
        float[] all = new float[passes.size() * size];
        for (int n = 0; n < passes.size(); n++) {
            System.arraycopy(values.apply(passes.get(n)), 0, all, n * size, size);
        }
        try (NDManager scope = manager.newSubManager()) {
            NDArray tensor = scope.create(all, new Shape(passes.size(), channels, g.depth(), g.height(), g.width()));
            return Volume.takeOwnershipOf(g, spread.call(tensor).singletonOrThrow().toFloatArray());
        }
    }

    @Override
    public void close() {
        student.close();
        teacher.close();
        spread.close();
        manager.close();
    }
}
