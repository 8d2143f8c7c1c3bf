package org.regstream.service.page;

import java.util.concurrent.CompletionStage;

/** The connection to one browser. */
public interface PageWire {

    /** @param message not to be modified
     *  @return completes when the connection has taken it; one message is under way at a time */
    CompletionStage<Void> send(byte[] message);

    /** Ends the connection. @param reason for the browser, without patient data */
    void close(String reason);
}
