package org.regstream.service.channel;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** {@code dicom.frames}: one record after the other, off the event loop. Acknowledged when its volume's result is out. */
@ApplicationScoped
public class FramesChannel {

    @Inject
    Intake intake;

    @Inject
    DeadLetters deadLetters;

    @Incoming("frames")
    @Blocking("intake")
    public CompletionStage<Void> onFrame(Message<byte[]> message) {
        return intake.take(deadLetters.completing(message));
    }
}
