package org.regstream.tools.register;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.regstream.tools.ToolsCli;
import picocli.CommandLine;

/** What {@code regstream register} did. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun register(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new ToolsCli()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("register"), Stream.of(arguments)).map(Object::toString)
                        .toArray(String[]::new));
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** With the package of the repository, on one thread. */
    static CommandRun registerHippocampus(Object... arguments) {
        return register(Stream.concat(Stream.of("--model", Hippocampus.MODEL, "--threads", 1), Stream.of(arguments))
                .toArray());
    }
}
