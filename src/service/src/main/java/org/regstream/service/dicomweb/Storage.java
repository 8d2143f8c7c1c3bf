package org.regstream.service.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.regstream.service.dicomweb.InstanceCheck.Fit;
import org.regstream.service.dicomweb.InstanceCheck.Unfit;
import org.regstream.service.dicomweb.InstanceCheck.Verdict;

/**
 * Takes the instances of a STOW-RS request: an image that can be put into a volume goes onto the frames topic, everything else is
 * refused by name with the reason; nothing counts as stored before the broker has it. Thread-safe.
 */
final class Storage {

    private static final Logger LOG = Logger.getLogger(Storage.class);

    /** One instance under way. */
    private record Sent(SopReference instance, CompletionStage<Void> delivery) {}

    private final InstanceCheck check;
    private final FramesTopic topic;

    Storage(InstanceCheck check, FramesTopic topic) {
        this.check = check;
        this.topic = topic;
    }

    /**
     * @param body  read as it comes in
     * @param study that all instances must be of
     * @return when each instance is on the topic or refused
     * @throws org.regstream.core.DecodeException if the body is damaged: what came before that may be on the topic; sent again it
     *                                            is the same instance
     */
    StoreReport store(MultipartReader multipart, InputStream body, String boundary, Optional<String> study)
            throws IOException {
        StoreReport report = new StoreReport();
        List<Sent> sent = new ArrayList<>();
        multipart.read(body, boundary, part -> send(check.check(part, study), report).ifPresent(sent::add));
        sent.forEach(each -> await(each, report));
        LOG.debugf("%d of %d instances stored, refused: %s", report.storedCount(), report.count(), report.reasons());
        return report;
    }

    private Optional<Sent> send(Verdict verdict, StoreReport report) {
        if (verdict instanceof Fit fit && topic.isReachable()) {
            return Optional.of(new Sent(fit.instance(), topic.deliver(fit.series(), fit.part10())));
        }
        if (verdict instanceof Fit fit) {
            report.failed(Optional.of(fit.instance()), FailureReason.BROKER_AWAY);
        } else if (verdict instanceof Unfit unfit) {
            report.failed(unfit.instance(), unfit.reason());
        }
        return Optional.empty();
    }

    /** A delivery ends by itself. */
    private static void await(Sent sent, StoreReport report) {
        try {
            sent.delivery.toCompletableFuture().join();
            report.stored(sent.instance);
        } catch (CompletionException e) {
            LOG.debugf("an instance did not reach the broker: %s", e.getCause());
            report.failed(Optional.of(sent.instance), e.getCause() instanceof TooLargeException
                    ? FailureReason.TOO_LARGE
                    : FailureReason.BROKER_AWAY);
        }
    }
}
