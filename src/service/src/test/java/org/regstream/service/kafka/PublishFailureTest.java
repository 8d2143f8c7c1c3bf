package org.regstream.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class PublishFailureTest {

    @Test
    void shouldTryAgainWhatMayPass() {
        assertThat(PublishFailure.isPermanent(new TimeoutException("away"))).isFalse();
        assertThat(PublishFailure.isPermanent(new TopicAuthorizationException("display.labels"))).isFalse();
        assertThat(PublishFailure.isPermanent(new IllegalStateException("closed"))).isFalse();
    }

    @Test
    void shouldNotTryAgainWhatTheBrokerWillNeverTake() {
        assertThat(PublishFailure.isPermanent(new InvalidTopicException("no such topic"))).isTrue();
        assertThat(PublishFailure.isTooLarge(new InvalidTopicException("no such topic"))).isFalse();
    }

    @Test
    void shouldLookForTheReasonBelowWhatLibrariesPutAroundIt() {
        Throwable wrapped = new IllegalStateException(new RuntimeException(new RecordTooLargeException("1.8 MB")));

        assertThat(PublishFailure.isTooLarge(wrapped)).isTrue();
        assertThat(PublishFailure.isPermanent(wrapped)).isTrue();
    }

    @Test
    void shouldKnowABrokerThatIsAway() {
        assertThat(PublishFailure.isOfTheMoment(new IllegalStateException(new TimeoutException("away")))).isTrue();
        assertThat(PublishFailure.isOfTheMoment(new TopicAuthorizationException("display.labels"))).isFalse();
        assertThat(PublishFailure.isOfTheMoment(new RecordTooLargeException("1.8 MB"))).isFalse();
    }
}
