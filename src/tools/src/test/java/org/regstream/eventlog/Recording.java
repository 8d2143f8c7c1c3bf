package org.regstream.eventlog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.regstream.core.line.LineRules;
import org.regstream.core.line.World;
import org.regstream.core.line.World.Happening;
import org.regstream.core.line.World.Kind;

/** The log of a generated operation. */
public final class Recording {

    /** A volume comes, is registered, published and acknowledged; the clock is set; the network fails; an alert is raised and taken note of. */
    static final List<Happening> OPERATION = operation();

    private static final int FLUSHED = 1500;

    private final LogLines<World.Record> lines = new LogLines<>();
    private final List<String> written = new ArrayList<>();

    private Recording(LineRules rules) {
        written.add(lines.header("0.1.0", rules, 0));
    }

    /** @return the lines, without one of the end */
    static List<String> of(List<Happening> operation, boolean isAssessed, boolean isDeleted) {
        Recording[] recording = new Recording[1];
        World world = new World(isAssessed, (event, at, effects) -> recording[0].written
                .add(recording[0].lines.step(event, at, effects)));
        recording[0] = new Recording(world.rules());
        operation.forEach(world::happens);
        if (isDeleted) {
            world.delete();
        } else {
            world.stop();
        }
        operation.forEach(world::happens);
        return recording[0].written;
    }

    /** @return of {@link #OPERATION}, as a file has it */
    public static List<String> whole() {
        List<String> all = new ArrayList<>(of(OPERATION, true, true));
        all.add(LogLines.end(LogEnd.OVER));
        return all;
    }

    static EventLog read(List<String> lines) {
        try {
            return EventLog.of(new ByteArrayInputStream(bytes(lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each ends its line. */
    public static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Flushed now and then, as the service does. */
    public static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 512, true)) {
            for (int from = 0; from < plain.length; from += FLUSHED) {
                gzip.write(plain, from, Math.min(FLUSHED, plain.length - from));
                gzip.flush();
            }
        }
        return out.toByteArray();
    }

    /** @return the first step that is not as recorded; empty if all are */
    static Optional<LoggedStep> firstDifference(EventLog log) {
        try (log) {
            Replay replay = new Replay(log.header());
            for (Optional<LoggedStep> step = log.next(); step.isPresent(); step = log.next()) {
                if (!replay.step(step.get()).equals(step.get().effects())) {
                    return step;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<LoggedStep> steps(EventLog log) {
        try (log) {
            List<LoggedStep> steps = new ArrayList<>();
            for (Optional<LoggedStep> step = log.next(); step.isPresent(); step = log.next()) {
                steps.add(step.get());
            }
            return steps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Happening> operation() {
        List<Happening> all = new ArrayList<>();
        for (int volume = 0; volume < 4; volume++) {
            for (int slice = 0; slice < 3; slice++) {
                all.add(new Happening(Kind.FRAME, 6 * volume + 4 * slice));
            }
            for (Kind kind : List.of(Kind.KEPT, Kind.TICK, Kind.TURN,
                    volume == 2 ? Kind.LOOKED_AT_NOTHING : Kind.LOOKED,
                    Kind.PASSED, Kind.PUBLISHED, Kind.LOOKED, Kind.KEPT, Kind.TOLD, Kind.CONFIRMED, Kind.ACKNOWLEDGED,
                    volume == 1 ? Kind.CLOCK_SET_BACK : Kind.SILENCE, Kind.TICK, Kind.TOLD, Kind.KEPT)) {
                all.add(new Happening(kind, 1));
            }
        }
        all.add(new Happening(Kind.FRAME, 0));
        all.add(new Happening(Kind.REVOKED, 0));
        return all;
    }
}
