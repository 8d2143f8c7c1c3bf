package org.regstream.navigation.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.alert.Alert;
import org.regstream.core.alert.AlertCode;
import org.regstream.core.alert.AlertPhase;
import org.regstream.core.alert.AlertPriority;
import org.regstream.core.alert.AlertState;
import org.regstream.core.assembly.AssembledVolume;
import org.regstream.core.assembly.VolumeKey;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.Moved;
import org.regstream.dicom.testkit.Phantom;

/** Results and alerts of the phantom, registered by a network that shifts by one voxel. */
final class Scenes {

    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

    private final Procedure procedure;
    private final Phantom phantom;
    private final Registered registered;

    /** The live image; the window of the network is 8 voxels a side. */
    Scenes(int depth, int height, int width) {
        this(depth, height, width, 8);
    }

    Scenes(int depth, int height, int width, int window) {
        this.phantom = new Phantom(depth, height, width, List.of(FakeModel.HEAD, FakeModel.BODY));
        this.procedure = phantom.procedure("p1");
        RegistrationPipeline pipeline = new RegistrationPipeline(
                FakeModel.shifting(new ModelGrid(window, window, window, 1, "LPS"), 0, 0, 1));
        this.registered = (Registered) pipeline.register(procedure.reference(), Moved.by(phantom.image(), 0, 0, 1));
    }

    Registered registered() {
        return registered;
    }

    /** The {@code sequence}-th result, acquired so many seconds after the start and valid for an hour. */
    NavigationResult result(String procedureId, long sequence) {
        Instant acquired = START.plusSeconds(sequence);
        AssembledVolume live = new AssembledVolume(String.format("%032x", sequence), new VolumeKey("1.2", ""), "1.1",
                Phantom.SPACE, acquired, acquired,
                Collections.nCopies(phantom.image().grid().depth(), "1.2.3"), phantom.image());
        return new NavigationResult(procedureId, sequence, procedure.reference().structures(), live,
                acquired.plusSeconds(3600),
                registered.labels(), registered::labelEntropy, registered.choice().field(),
                registered.placement(), "student", Map.of("modelId", "fake"));
    }

    static Alert alert(String procedureId, AlertCode code, AlertPhase phase, AlertPriority priority, int second) {
        return new Alert(procedureId, "e-1", 14, 1, code, priority, phase,
                phase == AlertPhase.CLEARED ? AlertState.INACTIVE : AlertState.ACTIVE, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), START, START.plusSeconds(second),
                code + " is " + phase + ".");
    }

    static NavigationSettings settings() {
        return settings(32, Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    static NavigationSettings settings(int maxClients, Duration readTimeout, Duration writeTimeout) {
        return new NavigationSettings("127.0.0.1", 0, maxClients, 1 << 20, 64 << 20, readTimeout, writeTimeout,
                Duration.ofMillis(100), Optional.empty());
    }
}
