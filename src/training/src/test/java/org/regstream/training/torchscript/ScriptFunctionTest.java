package org.regstream.training.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.regstream.core.ModelException;

class ScriptFunctionTest {

    @Test
    void shouldRunFunctionAndItsHelpers() {
        String helper = "def twice(x: Tensor) -> Tensor:\n  return torch.mul(x, 2.)\n";
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ScriptFunction f = ScriptFunction.compile("x: Tensor, y: Tensor) -> Tensor",
                        "    return torch.add(__torch__.twice(x), y)\n", helper)) {
            NDArray sum = f.call(manager.create(new float[]{1, 2}), manager.create(new float[]{10, 20}))
                    .singletonOrThrow();

            assertThat(sum.toFloatArray()).containsExactly(12, 24);
        }
    }

    @Test
    void shouldStayAliveWhileOnlyTheFunctionIsHeld() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                ScriptFunction f = ScriptFunction.compile("x: Tensor) -> Tensor", "    return torch.neg(x)\n")) {
            System.gc();
            System.runFinalization();

            assertThat(f.call(manager.create(3f)).singletonOrThrow().getFloat()).isEqualTo(-3);
        }
    }

    @Test
    void shouldQuoteTheLineThatDoesNotCompile() {
        assertThatThrownBy(() -> ScriptFunction.compile("x: Tensor) -> Tensor", "    return torch.no_such(x)\n"))
                .isInstanceOf(ModelException.class).hasMessageContaining("torch.no_such");
    }
}
