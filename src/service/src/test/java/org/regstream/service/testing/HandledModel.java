package org.regstream.service.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.regstream.core.model.Look;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.Volume;

/** The fake model, as slow as a test wants it: a prediction can be made to wait until it is let go. */
public final class HandledModel implements RegistrationModel {

    public static final ModelGrid GRID = new ModelGrid(16, 16, 16, 1, "LPS");

    private final RegistrationModel model = FakeModel.shifting(GRID, 0, 0, 0);
    private volatile Semaphore gate = new Semaphore(1_000_000);
    private volatile CountDownLatch entered = new CountDownLatch(1);

    /** From now on predictions wait. */
    public void hold() {
        gate = new Semaphore(0);
        entered = new CountDownLatch(1);
    }

    /** Waits until a prediction waits. */
    public boolean awaitEntered() throws InterruptedException {
        return entered.await(10, TimeUnit.SECONDS);
    }

    /** Lets all predictions go. */
    public void release() {
        gate.release(1_000_000);
    }

    @Override
    public ModelManifest manifest() {
        return model.manifest();
    }

    @Override
    public String provider() {
        return "cpu";
    }

    @Override
    public int members() {
        return 1;
    }

    @Override
    public Look look(Volume fixed, Volume moving) {
        entered.countDown();
        try {
            if (!gate.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test never let the prediction go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return model.look(fixed, moving);
    }

    @Override
    public void close() {
        release();
    }
}
