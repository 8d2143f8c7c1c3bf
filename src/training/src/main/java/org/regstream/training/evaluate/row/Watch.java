package org.regstream.training.evaluate.row;

/** Hears how far the preparation of a row is, and says when to stop. Called from the thread that prepares. */
public interface Watch {

    /** Hears nothing, never stops. */
    Watch NONE = new Watch() {
        @Override
        public void stepped(String what, long done, long all) {}

        @Override
        public boolean isStopped() {
            return false;
        }
    };

    /** @param what  is being trained, such as {@code ours+boot 3 of 8}
     *  @param done  steps
     *  @param all   steps */
    void stepped(String what, long done, long all);

    boolean isStopped();

    /** @throws StoppedException if the user wants to stop */
    default void requireGoingOn() {
        if (isStopped()) {
            throw new StoppedException();
        }
    }
}
