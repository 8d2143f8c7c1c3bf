package org.regstream.tools;

import org.regstream.tools.register.RegisterCommand;
import org.regstream.tools.replay.ReplayLogCommand;
import org.regstream.tools.transform.ApplyCommand;
import org.regstream.tools.transform.PointsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What runs on files alone: no broker, no Quarkus. */
@Command(name = "regstream", mixinStandardHelpOptions = true, version = ToolsCli.VERSION, subcommands = {
        RegisterCommand.class,
        ApplyCommand.class,
        PointsCommand.class,
        ReplayLogCommand.class}, description = "Works on files, offline: registers them, moves images and points along, replays logs.")
public final class ToolsCli implements Runnable {

    /** What {@code --version} answers. */
    public static final String VERSION = "regstream 0.1.0";

    @Spec
    CommandSpec spec;

    public static void main(String... args) {
        System.exit(TerseUsage.on(new CommandLine(new ToolsCli())).execute(args));
    }

    /** Without a sub-command: help. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
