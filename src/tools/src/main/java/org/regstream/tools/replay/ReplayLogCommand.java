package org.regstream.tools.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.regstream.core.RegstreamException;
import org.regstream.eventlog.EventLog;
import org.regstream.eventlog.LogEnd;
import org.regstream.eventlog.LoggedStep;
import org.regstream.eventlog.Replay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay-log}: exit code 0 if all is as recorded, 1 if a step is not, 2 for bad usage or a file that cannot be read. */
@Command(name = "replay-log", mixinStandardHelpOptions = true, sortOptions = false, description = {
        "Replays an operation from the log of its events, and compares what comes of each step with what was recorded.",
        "Prints when, what happened, and what was done then; moments at which nothing happened are left out."}, footer = {
                "", "The service writes such logs where regstream.event-log.folder is set. They hold no image and no",
                "identity: UIDs are numbered in the order in which they appear.",
                "Exit code: 0 all as recorded, 1 a step is not (the first is shown), 2 the file cannot be read."})
public final class ReplayLogCommand implements Callable<Integer> {

    private static final int AS_RECORDED = 0;
    private static final int DIFFERENT = 1;
    private static final int UNREADABLE = 2;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "log of one procedure, compressed or not")
    Path file;

    @Option(names = "--from", paramLabel = "N", description = "print from step N on; those before are replayed all the same (default: 1)")
    long from = 1;

    @Option(names = "--to", paramLabel = "N", description = "end after step N (default: the last)")
    long to = Long.MAX_VALUE;

    @Option(names = "--quiet", description = "print the outcome alone")
    boolean quiet;

    @Override
    public Integer call() {
        if (from < 1 || to < from) {
            throw new ParameterException(spec.commandLine(),
                    "--from must be 1 or more and --to not below it, got " + from + " and " + to);
        }
        try (EventLog log = EventLog.open(file)) {
            return replay(log);
        } catch (IOException e) {
            return unreadable(file + " cannot be read (" + e + ")");
        } catch (RegstreamException e) {
            return unreadable(file + ": " + e.getMessage());
        } catch (OutOfMemoryError e) {
            return unreadable(file + ": its volumes need more memory; set REGSTREAM_JAVA_OPTS=-Xmx4g, or more");
        }
    }

    private int replay(EventLog log) throws IOException {
        Timeline timeline = new Timeline(out());
        if (!quiet) {
            timeline.header(log.header());
        }
        Replay replay = new Replay(log.header());
        long steps = 0;
        for (Optional<LoggedStep> next = next(log, steps); next.isPresent(); next = next(log, steps)) {
            LoggedStep step = next.get();
            if (steps == 0) {
                timeline.begin(step.at());
            }
            Replayed replayed = new Replayed(step, replay.step(step));
            if (!replayed.isAsRecorded()) {
                timeline.difference(replayed);
                return DIFFERENT;
            }
            if (!quiet && step.number() >= from) {
                timeline.step(step);
            }
            steps = step.number();
        }
        log.end().map(LogEnd::sentence).ifPresent(timeline::line);
        timeline.line(steps + " steps, all as recorded");
        return AS_RECORDED;
    }

    private Optional<LoggedStep> next(EventLog log, long done) throws IOException {
        return done < to ? log.next() : Optional.empty();
    }

    private int unreadable(String why) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("regstream replay-log: " + why);
        err.flush();
        return UNREADABLE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
