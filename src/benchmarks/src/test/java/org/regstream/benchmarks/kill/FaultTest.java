package org.regstream.benchmarks.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.benchmarks.kill.Fault.Kind;

class FaultTest {

    @Test
    void shouldPlanSoManyOfEachInAnOrderThatFollowsFromTheSeed() {
        List<Fault> plan = Fault.plan(200, 51, 2, 7);

        assertThat(plan).filteredOn(f -> f.kind() == Kind.SERVICE_KILLED).hasSize(200);
        assertThat(plan).filteredOn(f -> f.kind() == Kind.BROKER_KILLED).hasSize(25);
        assertThat(plan).filteredOn(f -> f.kind() == Kind.BROKER_STOPPED).hasSize(26);
        assertThat(plan).extracting(Fault::instance).containsOnly(0, 1);
        assertThat(plan).isEqualTo(Fault.plan(200, 51, 2, 7)).isNotEqualTo(Fault.plan(200, 51, 2, 8));
    }
}
