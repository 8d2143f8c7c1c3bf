package org.regstream.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regstream.training.data.Augmentation;
import org.regstream.training.data.AugmentationScript;
import org.regstream.training.data.AugmentationSettings;
import org.regstream.training.loss.Consistency;
import org.regstream.training.loss.DoubleUncertainty;
import org.regstream.training.loss.KullbackLeibler;
import org.regstream.training.loss.Mind;
import org.regstream.training.loss.Nlcc;
import org.regstream.training.loss.Smoothness;
import org.regstream.training.loss.SoftDice;
import org.regstream.training.loss.Uncertainty;
import org.regstream.training.network.Warp;
import org.regstream.training.torchscript.ScriptFunction;

/** A GPU is taken where DJL finds one, and no function leaves it. */
class DeviceTest {

    @Test
    void shouldPutTensorsAndResultsWhereTheEngineComputes() {
        boolean gpu = Engine.getEngine(Trainer.ENGINE).getGpuCount() > 0;
        try (NDManager manager = NDManager.newBaseManager(Trainer.ENGINE);
                ScriptFunction twice = ScriptFunction.compile("x: Tensor) -> Tensor",
                        "    return torch.add(x, x)\n")) {
            NDArray x = manager.create(1f);

            assertThat(x.getDevice().isGpu()).isEqualTo(gpu);
            assertThat(Trainer.device()).isEqualTo(x.getDevice().toString()).startsWith(gpu ? "gpu" : "cpu");
            assertThat(twice.call(x).singletonOrThrow().getDevice()).isEqualTo(x.getDevice());
        }
    }

    static Stream<String> scripts() {
        int[] shape = {16, 32, 16};
        return Stream.of(Warp.script(), Nlcc.script(), Mind.script(), SoftDice.script(), Smoothness.script(),
                Uncertainty.script(), Consistency.script(), KullbackLeibler.script(), DoubleUncertainty.script(),
                AugmentationScript.script(new Augmentation(AugmentationSettings.CONTRAST, shape)));
    }

    /** {@code device=None} is the processor, whatever the arguments lie on. */
    @ParameterizedTest
    @MethodSource("scripts")
    void shouldMakeTensorsWhereTheArgumentsLie(String script) {
        assertThat(script).doesNotContain("device=None");
    }
}
