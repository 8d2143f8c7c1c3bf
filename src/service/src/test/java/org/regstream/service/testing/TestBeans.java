package org.regstream.service.testing;

import io.quarkus.test.Mock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.regstream.core.pipeline.Candidates;
import org.regstream.service.alert.ReceiptsReader;
import org.regstream.service.line.RegistrationPool;
import org.regstream.service.line.ThreadRoots;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.wiring.Assessor;

/** Stand-ins for what lies outside the process: the network, the topics that keep state and the way to that of the frames. */
@Mock
@Singleton
public class TestBeans {

    private final HandledModel model = new HandledModel();

    @Mock
    @Produces
    @Singleton
    HandledModel model() {
        return model;
    }

    /** The stand-in has no ensemble. */
    @Mock
    @Produces
    @Singleton
    Assessor assessor() {
        return new Assessor(Optional.empty(), Candidates.withoutFitting(),
                new RegistrationPool("assessment", 1, new ThreadRoots(() -> {
                })));
    }

    @Mock
    @Produces
    @Singleton
    StubFramesTopic framesTopic() {
        return new StubFramesTopic();
    }

    @Mock
    @Produces
    @Singleton
    InMemoryAlertStates alertStates() {
        return new InMemoryAlertStates();
    }

    /** No display confirms anything. */
    @Mock
    @Produces
    @Singleton
    ReceiptsReader receipts() {
        return new ReceiptsReader(() -> {
        }, Optional::empty, () -> {
        });
    }

    @Mock
    @Produces
    @Singleton
    InMemoryProcedureStore store(ProcedureDesk desk) {
        return new InMemoryProcedureStore(desk);
    }
}
