package org.regstream.training.torchscript;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.regstream.core.ModelException;

/**
 * A function written in TorchScript and run by DJL. Everything that computes on tensors lives in such functions: they know
 * 3-D grid sampling, and their scalars belong to the tensor library, while DJL's scalar operations free theirs too early
 * (decision 0002). Not thread-safe.
 */
public final class ScriptFunction implements AutoCloseable {

    /** Held for as long as the function lives: a model that only its block keeps alive is finalised. */
    private final Model model;

    private ScriptFunction(Model model) {
        this.model = model;
    }

    /**
     * @param signature parameters and result, such as {@code x: Tensor, y: Tensor) -> Tensor}
     * @param body      lines of the function, each indented by four spaces
     * @param helpers   definitions of further functions, called as {@code __torch__.name(...)}
     * @throws ModelException if the source does not compile; the cause quotes the line
     */
    public static ScriptFunction compile(String signature, String body, String... helpers) {
        String code = String.join("\n", helpers) + """

                class Main(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Main, """ + signature + ":\n" + body;
        System.setProperty("ai.djl.offline", "true");
        // The optimiser rewrites a function after its first runs, and then sums differ in the last bit.
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        Model model = Model.newInstance("script", "PyTorch");
        try {
            model.load(new ByteArrayInputStream(ScriptArchive.of(code)));
            return new ScriptFunction(model);
        } catch (MalformedModelException | RuntimeException e) {
            model.close();
            throw new ModelException("TorchScript does not compile: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** @return the results; they belong to the first argument's manager */
    public NDList call(NDArray... arguments) {
        ParameterStore none = new ParameterStore(arguments[0].getManager(), false);
        return model.getBlock().forward(none, new NDList(arguments), true);
    }

    @Override
    public void close() {
        model.close();
    }
}
