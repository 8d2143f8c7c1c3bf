package org.regstream.service.procedure;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where procedures are kept: the compacted topic, and nowhere else. Thread-safe. */
public interface ProcedureStore {

    /**
     * Makes the topic ready and reads all of it; returns when this instance knows every procedure.
     *
     * @throws org.regstream.core.ConfigurationException if that is not done in time, with what to check
     */
    void open();

    /** Completes when the broker has the bundle and this instance has read it back. */
    CompletionStage<Void> put(String procedureId, byte[] bundle);

    /** Completes when the broker has the deletion and this instance has read it back. */
    CompletionStage<Void> delete(String procedureId);

    /** Completes when this instance has read all that was on the topic at the time of the call. */
    CompletionStage<Void> catchUp();

    /** @return why the store has ended by itself, empty while all is well */
    Optional<String> failure();
}
