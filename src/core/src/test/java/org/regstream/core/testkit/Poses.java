package org.regstream.core.testkit;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;
import org.regstream.core.geometry.Vector3;

/** Generated rigid moves, as scanners and patients bring them about. */
public class Poses extends DomainContextBase {

    /** Every order of the axes, turned by nothing, by a rounding error up to 1e-6, or by anything; up to 1 m away. */
    @Provide
    Arbitrary<Pose> pose() {
        return Combinators.combine(Arbitraries.integers().between(0, 23), axes(), angles(), places())
                .as((order, axis, angle, place) -> Pose.permutation(order).then(Pose.turn(axis, angle))
                        .shifted(place));
    }

    private static Arbitrary<Vector3> axes() {
        return vectors(1).filter(v -> v.norm() > 0.1).map(Vector3::normalized);
    }

    private static Arbitrary<Double> angles() {
        return Arbitraries.oneOf(Arbitraries.just(0.0), numbers(-17, -6).map(exponent -> Math.pow(10, exponent)),
                numbers(-Math.PI, Math.PI));
    }

    private static Arbitrary<Vector3> places() {
        return Arbitraries.oneOf(Arbitraries.just(Pose.HOME.shift()), vectors(1000));
    }

    private static Arbitrary<Vector3> vectors(double most) {
        Arbitrary<Double> number = numbers(-most, most);
        return Combinators.combine(number, number, number).as(Vector3::new);
    }

    private static Arbitrary<Double> numbers(double least, double most) {
        return Arbitraries.doubles().between(least, most).ofScale(17)
                .withDistribution(RandomDistribution.uniform());
    }
}
