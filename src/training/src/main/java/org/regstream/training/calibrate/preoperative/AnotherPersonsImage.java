package org.regstream.training.calibrate.preoperative;

import java.util.List;
import java.util.random.RandomGenerator;
import org.regstream.training.calibrate.failure.Arrival;
import org.regstream.training.calibrate.failure.Failure;
import org.regstream.training.data.Sample;

/**
 * The pre-operative image is another person's, the labels are the patient's.
 *
 * @param people whose images there are
 */
public record AnotherPersonsImage(List<Sample> people) implements Failure {

    @Override
    public String kind() {
        return "another person's image";
    }

    @Override
    public Arrival spoil(Arrival pair, double severity, RandomGenerator random) {
        List<Sample> others = people.stream()
                .filter(s -> !s.name().equals(pair.fixed().name()) && !s.name().equals(pair.moving().name())).toList();
        Sample other = others.get(random.nextInt(others.size())).withGrid(pair.fixed().image().grid());
        return pair.withMoving(other.image(), pair.moving().labels(), other.inside());
    }
}
