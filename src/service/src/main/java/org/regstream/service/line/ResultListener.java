package org.regstream.service.line;

import java.time.Duration;
import org.regstream.core.alert.Alert;
import org.regstream.core.line.Heartbeat;
import org.regstream.core.line.Result;

/**
 * Told of results, alerts and heartbeats beside the sink, as they are; every bean of this type is. Calls return at once and never throw: whoever listens delays neither
 * the broker nor the next volume. Of one procedure they come in order, one at a time, and none comes after its end.
 */
public interface ResultListener {

    /** Nobody listens. */
    ResultListener NOBODY = new ResultListener() {
        @Override
        public void onResult(Result result) {}

        @Override
        public void onAlert(Alert alert) {}

        @Override
        public void onHeartbeat(Heartbeat beat) {}

        @Override
        public void onClockSetBack(String procedureId, Duration step) {}

        @Override
        public void onEnd(String procedureId) {}
    };

    /**
     * Labels go out, or there is nothing valid to show: then what is shown for an earlier volume must not pass for it. The ensemble's labels come later than the
     * student's of the same volume, and perhaps than those of a newer one.
     */
    void onResult(Result result);

    /** An alert goes out. */
    void onAlert(Alert alert);

    /** Once a second while results and alerts of the procedure come from here. */
    void onHeartbeat(Heartbeat beat);

    /** This machine's clock was set back: volumes that come now are newer than those before, although they are dated earlier. */
    void onClockSetBack(String procedureId, Duration step);

    /** No more results of the procedure come from here: it has ended, or another instance has it. */
    void onEnd(String procedureId);
}
