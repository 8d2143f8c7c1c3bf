package org.regstream.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.regstream.service.line.ThreadRoots;
import org.regstream.service.testing.BeforeTheTicker;
import org.regstream.service.testing.InMemoryAlertStates;
import org.regstream.service.testing.InMemoryChannels;

@QuarkusTest
@TestProfile(InMemoryChannels.class)
class StartupTest {

    @Inject
    BeforeTheTicker before;

    @Inject
    InMemoryAlertStates states;

    @Inject
    ThreadRoots roots;

    /** What a tick has to tell goes through the channels. */
    @Test
    void shouldTellTimeOnlyOnceThereAreChannels() {
        assertThat(before.ticks()).isZero();

        long ticks = states.ticks();
        await().until(() -> states.ticks() > ticks);
    }

    @Test
    void shouldHearOfEveryThreadThatDies() {
        assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(roots);
    }
}
