package org.regstream.training.export;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.regstream.training.data.Split;
import org.regstream.training.data.Task;
import org.regstream.training.evaluate.table.Machine;
import org.regstream.training.loop.TrainedRun;
import org.regstream.training.loop.TrainingSettings;
import org.regstream.training.network.Heads;

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
        p.put("optimiser", s.optimiser() + ", " + s.schedule() + ", " + batch(s));
        p.put("augmentation", augmentation(s));
        p.put("options", s.options());
        p.put("start", s.start());
        p.put("seed", Long.toString(s.seed()));
        p.put("epochs",
                String.format(Locale.ROOT, "%.1f", run.steps() / Math.ceil(s.share() * split.training().size())));
        p.put("steps", Long.toString(run.steps()));
        p.put("minutes", String.format(Locale.ROOT, "%.0f", run.minutes()));
        p.put("precision",
                s.precision() + " convolutions in training; exported weights rounded to float16, computed in float32");
        p.put("machine", Machine.description());
        p.put("libraries", "DJL 0.35.1, PyTorch " + Engine.getEngine("PyTorch").getVersion() + ", ONNX Runtime "
                + OrtEnvironment.getEnvironment().getVersion());
        return p;
    }

    private static boolean isTwin(TrainingSettings s) {
        return s.network().heads() == Heads.TWIN;
    }

    private static String batch(TrainingSettings s) {
        return isTwin(s) ? "two pairs a step" : "batch 1";
    }

    private static String augmentation(TrainingSettings s) {
        return isTwin(s)
                ? "PairMaker: each step one patient with known motion between two scans, and two people, all posed and"
                        + " scanned at random"
                : s.augmentation().toString();
    }
}
