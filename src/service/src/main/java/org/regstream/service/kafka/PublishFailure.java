package org.regstream.service.kafka;

import java.util.Set;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/** Why an event did not reach the broker: for the moment, or for good. A right that is missing can be given, so that is for the moment. */
public final class PublishFailure {

    private static final Set<Class<?>> TOO_LARGE = Set.of(RecordTooLargeException.class,
            RecordBatchTooLargeException.class);
    private static final Set<Class<?>> OTHERWISE_PERMANENT = Set.of(InvalidTopicException.class,
            SerializationException.class);

    private PublishFailure() {}

    /** Whether trying again is of no use. */
    public static boolean isPermanent(Throwable failure) {
        return isTooLarge(failure) || isCausedBy(failure, OTHERWISE_PERMANENT);
    }

    /** Whether the broker is away, or has no leader for the topic at the moment. */
    public static boolean isOfTheMoment(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }

    /** Whether its size is why. */
    public static boolean isTooLarge(Throwable failure) {
        return isCausedBy(failure, TOO_LARGE);
    }

    private static boolean isCausedBy(Throwable failure, Set<Class<?>> kinds) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (kinds.contains(t.getClass())) {
                return true;
            }
        }
        return false;
    }
}
