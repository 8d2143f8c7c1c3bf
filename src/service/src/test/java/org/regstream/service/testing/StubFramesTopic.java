package org.regstream.service.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.regstream.service.dicomweb.FramesTopic;

/** The frames topic of a broker that the test can take away. */
public final class StubFramesTopic implements FramesTopic {

    private final List<byte[]> values = new CopyOnWriteArrayList<>();
    private volatile boolean isReachable = true;

    /** @return what was delivered, in order */
    public List<byte[]> values() {
        return List.copyOf(values);
    }

    public void setReachable(boolean isReachable) {
        this.isReachable = isReachable;
    }

    @Override
    public boolean isReachable() {
        return isReachable;
    }

    @Override
    public CompletionStage<Void> deliver(String key, byte[] value) {
        values.add(value);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {}
}
