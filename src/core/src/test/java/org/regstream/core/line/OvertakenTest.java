package org.regstream.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertState;
import org.regstream.core.line.World.Happening;
import org.regstream.core.line.World.Kind;

/** Another instance takes over while an alert that it does not know of is on its way to the broker. */
class OvertakenTest {

    private final World world = new World(true);

    /** It takes over again with the next frame, and loses the partition: the end waits for the broker all the while. */
    @Test
    void shouldEndWhatNobodyElseKnowsOf() {
        happen(Kind.FRAME);
        world.happens(new Happening(Kind.SILENCE, 4));
        assertThat(world.open()).extracting(a -> a.code()).containsExactly(AlertCode.GAP);
        happen(Kind.OVERTAKEN, Kind.KEPT, Kind.KEPT, Kind.TICK, Kind.FRAME, Kind.REVOKED);

        world.settle();

        assertThat(world.atBroker.values()).filteredOn(alert -> alert.code() == AlertCode.GAP)
                .allMatch(alert -> alert.state() == AlertState.INACTIVE).isNotEmpty();
    }

    private void happen(Kind... kinds) {
        List<Happening> all = Stream.of(kinds).map(kind -> new Happening(kind, 0)).toList();
        all.forEach(world::happens);
    }
}
