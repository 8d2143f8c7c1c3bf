package org.regstream.service;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.regstream.core.ConfigurationException;
import org.regstream.service.access.Role;
import org.regstream.service.access.UserList;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code user}: the file that {@code serve --users} reads. A service that runs sees a change within a second. */
@Command(name = "user", mixinStandardHelpOptions = true, subcommands = {UserCommand.Add.class,
        UserCommand.Remove.class, UserCommand.Listing.class}, description = "People and machines that may come in.")
class UserCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** Which file; a mistake in it is one line, and 1. */
    static class UsersOption {

        @Option(names = "--users", paramLabel = "FILE", description = "the users' file (default: users.txt)")
        Path file = Path.of("users.txt");

        @Spec(Spec.Target.MIXEE)
        CommandSpec spec;

        int run(Callable<String> work) {
            CommandLine line = spec.commandLine();
            try {
                String said = work.call();
                if (!said.isEmpty()) {
                    line.getOut().println(said);
                    line.getOut().flush();
                }
                return 0;
            } catch (ConfigurationException e) {
                line.getErr().println(spec.qualifiedName() + ": " + e.getMessage());
                return 1;
            } catch (Exception e) {
                throw new CommandLine.ExecutionException(line, e.toString(), e);
            }
        }
    }

    /** Somebody new, or somebody's new password and roles. */
    @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds somebody, or changes who is there. The password is asked for, "
            + "or read from the first line of the input.")
    static class Add implements Callable<Integer> {

        private static final int MOST_DAYS = 36_500;

        @Mixin
        UsersOption users;

        @Parameters(paramLabel = "NAME", description = "letters, digits and . _ @ -")
        String name;

        @Option(names = "--role", paramLabel = "ROLE", required = true, description = "view, operate, acknowledge, ingest or admin; may be repeated")
        List<String> roles;

        @Option(names = "--token", description = "a machine: makes a token, tells it once, and asks for no password")
        boolean isMachine;

        @Option(names = "--days", paramLabel = "N", description = "valid for so long (default: without end)")
        Integer days;

        @Override
        public Integer call() {
            return users.run(() -> {
                Set<Role> all = roles.stream().map(Role::of).collect(Collectors.toSet());
                UserList list = UserList.readOrNew(users.file);
                if (isMachine) {
                    return list.addMachine(name, all, end());
                }
                list.addPerson(name, all, end(), password());
                return "";
            });
        }

        private Optional<Instant> end() {
            if (days != null && (days < 1 || days > MOST_DAYS)) {
                throw new ConfigurationException("--days must lie in 1 to " + MOST_DAYS + ", got " + days);
            }
            return Optional.ofNullable(days).map(n -> Instant.now().plus(Duration.ofDays(n)));
        }

        private static char[] password() throws IOException {
            Console console = System.console();
            if (console == null) {
                String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
                return line == null ? new char[0] : line.toCharArray();
            }
            char[] password = console.readPassword("Password: ");
            char[] again = console.readPassword("Again: ");
            if (password == null || !Arrays.equals(password, again)) {
                throw new ConfigurationException("the two are not the same; nothing was changed");
            }
            return password;
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes somebody out; their open pages end.")
    static class Remove implements Callable<Integer> {

        @Mixin
        UsersOption users;

        @Parameters(paramLabel = "NAME")
        String name;

        @Override
        public Integer call() {
            return users.run(() -> {
                UserList.read(users.file).remove(name);
                return "";
            });
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Who there is, with roles and end; no secrets.")
    static class Listing implements Callable<Integer> {

        @Mixin
        UsersOption users;

        @Override
        public Integer call() {
            return users.run(() -> String.join(System.lineSeparator(), UserList.read(users.file).lines()));
        }
    }
}
