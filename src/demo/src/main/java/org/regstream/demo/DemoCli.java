package org.regstream.demo;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.regstream.demo.report.ReportCommand;
import org.regstream.tools.TerseUsage;
import org.regstream.tools.ToolsCli;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A newcomer's command line. Named, since the service that it starts has a main class too; application.properties chooses this one. */
@QuarkusMain(name = "demo")
@Command(name = "regstream", mixinStandardHelpOptions = true, version = ToolsCli.VERSION, subcommands = {
        DemoCommand.class, BrokerCommand.class, ReplayCommand.class,
        ReportCommand.class}, description = "Shows regstream on one machine.")
public class DemoCli implements Runnable {

    @Spec
    CommandSpec spec;

    public static void main(String... args) {
        System.exit(TerseUsage.on(new CommandLine(new DemoCli())).execute(args));
    }

    /** Without a sub-command: help. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
