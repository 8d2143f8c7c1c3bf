package org.regstream.service.line;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.regstream.core.line.StoredAlerts;

/** Where what is known of alerts outlives this process, and where instances learn which of them tells of a procedure. Thread-safe. */
public interface AlertStates {

    /**
     * Reads all of it; returns when this instance knows every state.
     *
     * @throws org.regstream.core.ConfigurationException if that is not done in time, with what to check
     */
    void open();

    /** @return the newest by epoch; {@link StoredAlerts#NONE} if there is none */
    StoredAlerts newest(String procedureId);

    /** Whether nobody else tells of the procedure. */
    boolean isVacant(String procedureId);

    /** @return procedures whose alerts are kept although no other run has told of them for the length of a lease, nor this one before */
    Set<String> left();

    /** Completes when it is kept. Each write replaces the one before. */
    CompletionStage<Void> put(String procedureId, StoredAlerts state);

    /** The procedure is over. */
    CompletionStage<Void> delete(String procedureId);

    /** @return why it is not followed any more, empty while all is well */
    Optional<String> failure();
}
