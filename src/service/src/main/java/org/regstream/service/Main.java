package org.regstream.service;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.regstream.tools.TerseUsage;
import org.regstream.tools.ToolsCli;
import org.regstream.tools.register.RegisterCommand;
import org.regstream.tools.replay.ReplayLogCommand;
import org.regstream.tools.transform.ApplyCommand;
import org.regstream.tools.transform.PointsCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: parses first, so that help and the offline commands need no Quarkus start. */
@QuarkusMain
@Command(name = "regstream", mixinStandardHelpOptions = true, version = ToolsCli.VERSION, subcommands = {
        ServeCommand.class, UserCommand.class,
        RegisterCommand.class, ApplyCommand.class,
        PointsCommand.class,
        ReplayLogCommand.class}, description = "Keeps pre-operative labels aligned with live volumes, and says when not to trust them.")
public class Main implements Runnable {

    @Spec
    CommandSpec spec;

    public static void main(String... args) {
        System.exit(TerseUsage.on(new CommandLine(new Main())).execute(args));
    }

    /** Without a sub-command: help. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
