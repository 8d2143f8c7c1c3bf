package org.regstream.training.export;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.regstream.training.data.Split;
import org.regstream.training.data.Task;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.loop.TrainingSettings;

/** Where weights come from, as text. */
final class Provenance {

    private Provenance() {}

    static Map<String, String> of(Task task, Split split, TrainedRun run) {
        TrainingSettings s = run.settings();
        Map<String, String> p = new TreeMap<>();
        p.put("data", task.licence());
        p.put("split", split.training().size() + " images train, " + split.validation().size()
                + " validate: first by SHA-256 of the file name");
        p.put("network", s.network().toString());
        p.put("loss", s.objective().toString());
        p.put("optimiser", s.optimiser() + ", " + s.schedule() + ", batch 1");
        p.put("augmentation", s.augmentation().toString());
        p.put("options", s.options());
        p.put("start", s.start());
        p.put("seed", Long.toString(s.seed()));
        p.put("epochs", String.format(Locale.ROOT, "%.1f", (double) run.steps() / split.training().size()));
        p.put("steps", Long.toString(run.steps()));
        p.put("minutes", String.format(Locale.ROOT, "%.0f", run.minutes()));
        p.put("precision", s.precision() + " convolutions in training, FLOAT32 exported");
        p.put("machine", machine());
        p.put("libraries", "DJL 0.35.1, PyTorch " + Engine.getEngine("PyTorch").getVersion() + ", ONNX Runtime "
                + OrtEnvironment.getEnvironment().getVersion());
        return p;
    }

    /** Class of the machine: number of processors and their model, as far as it is told. */
    private static String machine() {
        String model = System.getProperty("os.arch");
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            model = lines.filter(l -> l.startsWith("model name")).findFirst().map(l -> l.substring(l.indexOf(':') + 1))
                    .orElse(model).trim();
        } catch (IOException e) {
            return processors() + " x " + model;
        }
        return processors() + " x " + model;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }
}
