package org.regstream.training.cli;

import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.regstream.core.RegstreamException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A researcher's command line. */
@Command(name = "regstream", mixinStandardHelpOptions = true, subcommands = {
        TrainCommand.class, ExportCommand.class, EvaluateCommand.class,
        CalibrateCommand.class, OnePatientCommand.class,
        TemplateCommand.class}, description = "Trains, exports, evaluates and calibrates registration networks.")
public final class TrainingCli {

    private TrainingCli() {}

    public static void main(String[] arguments) {
        Logger.getLogger("ai.djl").setLevel(Level.SEVERE);
        System.exit(line().execute(arguments));
    }

    /** Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
    static CommandLine line() {
        return new CommandLine(new TrainingCli()).setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof RegstreamException || e instanceof UncheckedIOException) {
                line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + e.getMessage());
                return 1;
            }
            throw e;
        }).setParameterExceptionHandler(TrainingCli::misused).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Says what is wrong and where help is: the whole help would push that off the screen. */
    private static int misused(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("See " + name + " --help.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
