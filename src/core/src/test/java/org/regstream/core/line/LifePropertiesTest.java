package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertState;
import org.regstream.core.line.World.Happening;
import org.regstream.core.line.World.Kind;

/**
 * Whatever happens to a procedure, in whatever order, and whoever answers when: frames come back once, numbers rise, nothing follows the end, and what is told of
 * alerts is so. What must hold at every step is watched by {@link World}.
 */
class LifePropertiesTest {

    private static final int TRIES = 400;

    @Property(tries = TRIES)
    void shouldGiveEveryFrameBackExactlyOnce(@ForAll("operations") List<Happening> operation,
            @ForAll boolean isAssessed) {
        World world = after(operation, isAssessed);

        world.settle();

        assertThat(world.held).as("frames that nothing is due for").isEmpty();
        world.delete();
        assertThat(world.held).isEmpty();
    }

    /** Operations among which one let go of an alert and told again between two events; what waited for that alert waited for ever. */
    @Property(tries = TRIES, seed = "8328623527000459005")
    void shouldNotWaitForAnAlertThatItLetGoOf(@ForAll("operations") List<Happening> operation,
            @ForAll boolean isAssessed) {
        shouldGiveEveryFrameBackExactlyOnce(operation, isAssessed);
    }

    @Property(tries = TRIES)
    void shouldGiveBackWhatIsInHandWhenItEnds(@ForAll("operations") List<Happening> operation,
            @ForAll boolean isAssessed) {
        World world = after(operation, isAssessed);
        boolean isToldElsewhere = world.isToldElsewhere();
        boolean isTelling = world.isTelling();

        world.delete();
        operation.forEach(world::happens);

        assertThat(world.held).isEmpty();
        if (!isToldElsewhere) {
            assertThat(open(world)).as("told, and not told to be over").isEmpty();
        }
        assertThat(isToldElsewhere && !isTelling && world.isForgotten()).as("what another run is to end is deleted")
                .isFalse();
    }

    /** An alert is under way when another run takes over; that one, or whoever comes after it, ends what it knows. */
    @Example
    void shouldLeaveWhatAnotherRunTellsOf() {
        World unheard = after(Stream.of(Kind.FRAME, Kind.SILENCE, Kind.KEPT, Kind.KEPT, Kind.OVERTAKEN)
                .map(kind -> new Happening(kind, 2)).toList(), false);
        World heard = after(Stream.of(Kind.FRAME, Kind.SILENCE, Kind.KEPT, Kind.KEPT, Kind.OVERTAKEN, Kind.TICK)
                .map(kind -> new Happening(kind, 2)).toList(), false);

        unheard.delete();
        heard.delete();

        assertThat(unheard.isForgotten()).isFalse();
        assertThat(heard.isForgotten()).isFalse();
    }

    @Example
    void shouldForgetWhatItHasEnded() {
        World world = after(Stream.of(Kind.FRAME, Kind.SILENCE, Kind.KEPT, Kind.KEPT)
                .map(kind -> new Happening(kind, 2)).toList(), false);

        world.delete();

        assertThat(world.isForgotten()).isTrue();
    }

    @Property(tries = TRIES)
    void shouldAnswerWhoeverAcknowledgesOnce(@ForAll("operations") List<Happening> operation,
            @ForAll boolean isAssessed,
            @ForAll boolean isDeleted) {
        World world = after(operation, isAssessed);

        if (isDeleted) {
            world.delete();
        } else {
            world.settle();
        }

        assertThat(world.unanswered).isEmpty();
    }

    @Property(tries = TRIES)
    void shouldTakeNothingOnceItHasStopped(@ForAll("operations") List<Happening> operation,
            @ForAll boolean isAssessed) {
        World world = after(operation, isAssessed);
        Set<World.Record> before = new HashSet<>(world.settled);
        before.addAll(world.held);

        world.stop();
        operation.forEach(world::happens);

        assertThat(before).as("frames that came before").containsAll(world.settled);
    }

    /** An alert that is open is told; one that is told as cleared is not open. */
    @Property(tries = TRIES)
    void shouldTellWhatIsOpenAndNothingElse(@ForAll("operations") List<Happening> operation,
            @ForAll boolean isAssessed) {
        World world = after(operation, isAssessed);

        world.settle();

        if (world.isTelling()) {
            assertThat(open(world)).isEqualTo(world.open().stream().map(Alert::alertId).collect(Collectors.toSet()));
            world.open().forEach(alert -> assertThat(world.atBroker.get(alert.alertId()).state())
                    .isEqualTo(alert.state()));
        }
    }

    /** The broker is slow to take an alert; meanwhile another run takes over without knowing of it, and then partitions go. */
    @Example
    void shouldTellTheEndOfWhatNobodyElseKnowsThoughItFallsSilentAgain() {
        World world = after(Stream.of(Kind.FRAME, Kind.SILENCE, Kind.OVERTAKEN, Kind.KEPT, Kind.KEPT, Kind.TICK)
                .map(kind -> new Happening(kind, 2)).toList(), false);

        world.happens(new Happening(Kind.FRAME, 3));
        world.happens(new Happening(Kind.SILENCE, 2));
        world.happens(new Happening(Kind.REVOKED, 1));
        world.settle();

        assertThat(open(world)).isEqualTo(world.open().stream().map(Alert::alertId).collect(Collectors.toSet()));
    }

    private static Set<String> open(World world) {
        return world.atBroker.values().stream().filter(alert -> alert.state() != AlertState.INACTIVE)
                .map(Alert::alertId).collect(Collectors.toSet());
    }

    private static World after(List<Happening> operation, boolean isAssessed) {
        World world = new World(isAssessed);
        operation.forEach(world::happens);
        return world;
    }

    @Provide
    Arbitrary<List<Happening>> operations() {
        return Operations.any();
    }
}
