package org.regstream.service.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.regstream.core.ConfigurationException;

/** The file of accounts: one {@link Account} a line, {@code #} begins a comment. */
public final class UsersFile {

    private static final int MOST_BYTES = 1 << 20;
    private static final String TITLE = "# Users of regstream: NAME:ROLE,ROLE:SECRET[:UNTIL]. Written by: regstream user";

    private UsersFile() {}

    /** @return by name, in the order of the file
     *  @throws ConfigurationException if there is none, or if a line is wrong; the message names the line and holds no secret */
    public static Map<String, Account> read(Path file) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        int number = 0;
        for (String line : text(file).split("\\R", -1)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                add(accounts, line.strip(), file + " line " + number);
            }
        }
        return accounts;
    }

    private static void add(Map<String, Account> accounts, String line, String place) {
        try {
            Account account = Account.parse(line);
            if (accounts.put(account.name(), account) != null) {
                throw new ConfigurationException(account.name() + " is there already");
            }
        } catch (ConfigurationException e) {
            throw new ConfigurationException(place + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new ConfigurationException("the users' file takes at most " + MOST_BYTES + " bytes: " + file);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the users' file cannot be read: " + file + "; make it with: regstream user add", e);
        }
    }

    /** The whole file at once, for its owner's eyes; comments are not kept. */
    static void write(Path file, Collection<Account> accounts) {
        String text = accounts.stream().map(account -> account.text() + "\n")
                .collect(Collectors.joining("", TITLE + "\n", ""));
        try {
            Path target = file.toAbsolutePath();
            Path fresh = Files.createTempFile(target.getParent(), ".users", null);
            if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(fresh, Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                        ? Files.getPosixFilePermissions(target)
                        : PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(fresh, text);
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ConfigurationException("the users' file cannot be written: " + file + ": " + e.getMessage(), e);
        }
    }
}
