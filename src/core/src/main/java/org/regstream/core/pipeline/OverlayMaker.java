package org.regstream.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.regstream.core.Lazy;
import org.regstream.core.carry.Carried;
import org.regstream.core.carry.CarriedLabels;
import org.regstream.core.carry.CarryingFields;
import org.regstream.core.carry.RefinedLabels;
import org.regstream.core.carry.Reliability;
import org.regstream.core.geometry.Grid;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.LabelSource;
import org.regstream.core.procedure.Reference;
import org.regstream.core.quality.FieldQuality;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Resample;

/**
 * Carries a reference's labels along the chosen field: onto the live grid for those who look at them, onto the window for the
 * figures of reliability.
 */
record OverlayMaker(Reference reference, ReferenceFacts facts, ModelManifest manifest, NetworkInput in, Grid live) {

    /** @param coverage share of a structure that can be carried onto the live image */
    Overlay of(Look look, Choice choice, ToDoubleFunction<Structure> coverage) {
        LabelMap given = facts.given().withGrid(in.placement().overlaid(facts.given().grid()));
        CarryingFields fields = CarryingFields.of(choice.field(), look, manifest.thresholds().errorScale());
        WindowBox box = WindowBox.around(look.grid(), live);
        Carried onWindow = CarriedLabels.of(given, fields, look.grid());
        boolean isOnWindow = box.part().isSameAs(look.grid());
        LabelMap carried = isOnWindow ? onWindow.labels() : CarriedLabels.hard(given, fields, box.part());
        LabelMap labels = published(carried, given, fields, look.outline());
        Map<Integer, ReliabilityFeatures> features = new Reliability(look, choice.pulled(), in.inside())
                .of(onWindow, given, channels());
        return new Overlay(choice, box.paste(labels), box,
                new Lazy<>(() -> maps(isOnWindow ? onWindow : CarriedLabels.of(given, fields, box.part()), look)),
                FieldQuality.of(choice.field(), in.inside()), look.outline(), figures(labels, features, coverage));
    }

    /** Label of the reference to channel of the package, of the structures that it knows. */
    private Map<Integer, Integer> channels() {
        Map<Integer, Integer> channels = new TreeMap<>();
        reference.structures()
                .forEach(s -> manifest.channelOf(s).ifPresent(channel -> channels.put(s.label(), channel)));
        return channels;
    }

    private LabelSource sourceOf(Structure s) {
        return manifest.channelOf(s).isPresent() ? reference.labelSource() : LabelSource.CARRIED;
    }

    /** Refined structures are painted anew where nothing lies that can only be carried. */
    private LabelMap published(LabelMap carried, LabelMap given, CarryingFields fields, LabelProbabilities outline) {
        if (reference.structures().stream().allMatch(s -> sourceOf(s) == LabelSource.CARRIED)) {
            return carried;
        }
        byte[] channelOf = new byte[256];
        int[] labelOf = new int[outline.channels()];
        for (Structure s : reference.structures()) {
            if (sourceOf(s) == LabelSource.REFINED) {
                channelOf[s.label()] = (byte) manifest.channelOf(s).getAsInt();
                labelOf[channelOf[s.label()]] = s.label();
            }
        }
        byte[] known = given.labels().clone();
        for (int x = 0; x < known.length; x++) {
            known[x] = channelOf[known[x] & 0xff];
        }
        byte[] painted = RefinedLabels.of(LabelMap.takeOwnershipOf(given.grid(), known), fields, outline,
                carried.grid()).argMax().labels();
        byte[] out = carried.labels().clone();
        for (int x = 0; x < out.length; x++) {
            if (out[x] == 0 || channelOf[out[x] & 0xff] != 0) {
                out[x] = (byte) labelOf[painted[x] & 0xff];
            }
        }
        return LabelMap.takeOwnershipOf(carried.grid(), out);
    }

    private UncertaintyMaps maps(Carried carried, Look look) {
        return new UncertaintyMaps(carried.entropy(), carried.expectedErrorMm(),
                spreadMm(look, carried.labels().grid()));
    }

    private Volume spreadMm(Look look, Grid part) {
        float[] mm = Resample.linear(look.displacementSpread(), part, Float.NaN).values();
        for (int x = 0; x < mm.length; x++) {
            mm[x] *= (float) manifest.grid().spacingMm();
        }
        return Volume.takeOwnershipOf(part, mm);
    }

    private List<StructureFigures> figures(LabelMap labels, Map<Integer, ReliabilityFeatures> features,
            ToDoubleFunction<Structure> coverage) {
        double voxelMm3 = Math.abs(labels.grid().affine().determinant());
        int[] counts = labels.counts();
        List<StructureFigures> figures = new ArrayList<>();
        for (Structure s : reference.structures()) {
            figures.add(new StructureFigures(s, sourceOf(s), counts[s.label()] * voxelMm3, facts.volumeMm3(s),
                    coverage.applyAsDouble(s),
                    counts[s.label()] == 0 ? Optional.empty() : Optional.ofNullable(features.get(s.label()))));
        }
        return figures;
    }
}
