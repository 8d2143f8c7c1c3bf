package org.regstream.training.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.regstream.training.evaluate.row.Watch;

/** A progress bar for each thing that is under way. Not thread-safe. */
final class ConsoleWatch implements Watch, AutoCloseable {
    private static final int UPDATE_MILLIS = 1000;

    private final StopSignal stop = new StopSignal();
    private String running;
    private ProgressBar bar;

    @Override
    public void stepped(String what, long done, long all) {
        if (!what.equals(running)) {
            closeBar();
            running = what;
            bar = new ProgressBarBuilder().setTaskName(what).setInitialMax(all)
                    .setUpdateIntervalMillis(UPDATE_MILLIS).build();
        }
        bar.maxHint(all).stepTo(done);
    }

    @Override
    public boolean isStopped() {
        return stop.getAsBoolean();
    }

    private void closeBar() {
        if (bar != null) {
            bar.close();
        }
    }

    @Override
    public void close() {
        closeBar();
        stop.close();
    }
}
