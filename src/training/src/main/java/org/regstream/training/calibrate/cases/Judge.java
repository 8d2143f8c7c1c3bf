package org.regstream.training.calibrate.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.regstream.core.carry.Carried;
import org.regstream.core.carry.CarriedLabels;
import org.regstream.core.carry.CarryingFields;
import org.regstream.core.carry.Reliability;
import org.regstream.core.model.Look;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.model.ReliabilityFeatures;
import org.regstream.core.model.Structure;
import org.regstream.core.pipeline.Candidates;
import org.regstream.core.pipeline.Choice;
import org.regstream.core.quality.Dice;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.evaluate.Padding;

/**
 * Registers cases as the service does, by its own functions, and holds what comes out against the truth.
 *
 * @param model      whose limits are sought
 * @param candidates what the field is chosen from
 * @param structures of the package
 */
public record Judge(RegistrationModel model, Candidates candidates, List<Structure> structures) {

    /** One case's outcomes. @param maps of a clean case alone */
    public record Outcome(List<StructureCase> structures, Optional<MapFigures> maps) {}

    /**
     * @param cases      of the same two images: the network looks once
     * @param errorScale factor on expected errors
     */
    public List<Outcome> judge(List<Case> cases, double errorScale) {
        Look look = look(cases.get(0).arrival());
        return cases.stream().map(c -> judge(c, look, errorScale)).toList();
    }

    /** How well each factor on expected errors would make a case's soft labels mean what they say. */
    public ScaleScores scales(Case c) {
        Look look = look(c.arrival());
        return ScaleScores.of(c, CarryingFields.of(choice(c.arrival(), look).field(), look, 1), structures.size() + 1);
    }

    private Look look(Arrival a) {
        return model.look(a.fixed().image(), a.moving().image());
    }

    private Choice choice(Arrival a, Look look) {
        return candidates.choose(a.input(), look);
    }

    private Outcome judge(Case c, Look look, double errorScale) {
        Arrival a = c.arrival();
        Choice choice = choice(a, look);
        CarryingFields fields = CarryingFields.of(choice.field(), look, errorScale);
        Carried carried = CarriedLabels.of(a.moving().labels(), fields, look.grid());
        Map<Integer, ReliabilityFeatures> features = new Reliability(look, choice.pulled(), a.fixed().inside())
                .of(carried, a.moving().labels(), channels());
        double[] dice = Dice.perLabel(Padding.cleared(a.fixed().labels(), a.known()),
                Padding.cleared(carried.labels(), a.known()), structures.size() + 1);
        List<StructureCase> outcomes = new ArrayList<>();
        for (Structure s : structures) {
            if (!Double.isNaN(dice[s.label()])) {
                outcomes.add(new StructureCase(c.patient(), c.kind(), c.severity(), s.name(), dice[s.label()],
                        Optional.ofNullable(features.get(s.label()))));
            }
        }
        return new Outcome(outcomes,
                c.kind().isClean()
                        ? Optional.of(MapFigures.of(c, carried, fields, look, structures.size() + 1))
                        : Optional.empty());
    }

    private Map<Integer, Integer> channels() {
        Map<Integer, Integer> channels = new TreeMap<>();
        for (Structure s : structures) {
            channels.put(s.label(), model.manifest().channelOf(s).orElseThrow());
        }
        return channels;
    }
}
