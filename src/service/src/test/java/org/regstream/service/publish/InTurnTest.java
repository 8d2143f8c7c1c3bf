package org.regstream.service.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class InTurnTest {

    private final InTurn inTurn = new InTurn();
    private final List<String> sent = new ArrayList<>();
    private final List<CompletableFuture<Void>> answers = new ArrayList<>();

    @Test
    void shouldSendOnlyWhenWhatCameBeforeIsThere() {
        // given
        CompletableFuture<Void> first = send("p1", "a");
        CompletableFuture<Void> second = send("p1", "b");
        CompletableFuture<Void> third = send("p1", "c");
        assertThat(sent).containsExactly("a");

        // when / then
        answers.get(0).complete(null);
        assertThat(first).isCompleted();
        assertThat(sent).containsExactly("a", "b");
        assertThat(second).isNotDone();
        answers.get(1).complete(null);
        answers.get(2).complete(null);
        assertThat(third).isCompleted();
        assertThat(send("p1", "d")).as("sent at once").isNotDone();
        assertThat(sent).containsExactly("a", "b", "c", "d");
    }

    @Test
    void shouldNotLetOneKeyWaitForAnother() {
        send("p1", "a");
        send("p2", "b");

        assertThat(sent).containsExactly("a", "b");
    }

    @Test
    void shouldGoOnAfterWhatFailed() {
        // given
        CompletableFuture<Void> first = send("p1", "a");
        CompletableFuture<Void> second = send("p1", "b");

        // when
        answers.get(0).completeExceptionally(new IllegalStateException("closed"));

        // then
        assertThat(first).isCompletedExceptionally();
        assertThat(sent).containsExactly("a", "b");
        answers.get(1).complete(null);
        assertThat(second).isCompleted();
    }

    private CompletableFuture<Void> send(String key, String what) {
        CompletionStage<Void> done = inTurn.send(key, () -> {
            sent.add(what);
            CompletableFuture<Void> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        });
        return done.toCompletableFuture();
    }
}
