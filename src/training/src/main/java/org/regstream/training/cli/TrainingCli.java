package org.regstream.training.cli;

import org.regstream.core.RegstreamException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A researcher's command line. */
@Command(name = "regstream", mixinStandardHelpOptions = true, subcommands = {
        TrainCommand.class, ExportCommand.class, EvaluateCommand.class,
        CalibrateCommand.class, OnePatientCommand.class,
        TemplateCommand.class}, description = "Trains, exports, evaluates and calibrates registration networks.")
public final class TrainingCli {

    private TrainingCli() {}

    public static void main(String[] arguments) {
        System.exit(line().execute(arguments));
    }

    /** Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
    static CommandLine line() {
        return new CommandLine(new TrainingCli()).setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof RegstreamException) {
                line.getErr().println(e.getMessage());
                return 1;
            }
            throw e;
        }).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
