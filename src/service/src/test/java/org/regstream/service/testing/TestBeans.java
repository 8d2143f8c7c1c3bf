package org.regstream.service.testing;

import io.quarkus.test.Mock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.regstream.service.procedure.ProcedureDesk;

/** Stand-ins for what lies outside the process: the network and the procedures' topic. */
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

    @Mock
    @Produces
    @Singleton
    InMemoryProcedureStore store(ProcedureDesk desk) {
        return new InMemoryProcedureStore(desk);
    }
}
