package org.regstream.service.access;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.regstream.core.ConfigurationException;

/**
 * The accounts of the users' file, which is looked at again each second: who is taken out of it is out. A file that cannot be read any more is
 * told in the log, and the accounts stay as they were. Safe for use by any thread.
 */
public final class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** Passwords that are hashed at a time: more would let guesses take the processor from registration. */
    private static final int MOST_HASHES = 2;
    private static final Duration HASH_WAIT = Duration.ofSeconds(5);

    /** @param byToken those with a token, by its hash */
    private record Book(Map<String, Account> byName, Map<HashedToken, Account> byToken, FileTime changed) {}

    /** A password that was right once is not hashed again. @param mark of the password, with a key that only this process has */
    private record Proof(Secret secret, byte[] mark) {}

    private final Optional<Path> file;
    private final Clock clock;
    private final SecretKeySpec key;
    private final Semaphore hashes = new Semaphore(MOST_HASHES);
    private final Map<String, Proof> proofs = new ConcurrentHashMap<>();
    private volatile Book book = new Book(Map.of(), Map.of(), FileTime.fromMillis(0));
    private volatile Instant looked;

    /** @param file none: nobody has an account
     *  @throws ConfigurationException if the file is wrong */
    public Accounts(Optional<Path> file, Clock clock) {
        this.file = file;
        this.clock = clock;
        byte[] random = new byte[Long.BYTES * 4];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
        this.looked = clock.instant();
        file.ifPresent(path -> book = read(path));
    }

    /** @return whether there is a file */
    public boolean isPresent() {
        return file.isPresent();
    }

    /** Takes about 0.2 s unless this password was right before. */
    Optional<Account> byPassword(String name, char[] password) {
        Optional<Account> account = Optional.ofNullable(look().byName.get(name)).filter(this::isValid)
                .filter(somebody -> somebody.secret() instanceof HashedPassword);
        HashedPassword secret = account.map(somebody -> (HashedPassword) somebody.secret())
                .orElse(HashedPassword.NOBODYS);
        if (!isKnown(name, secret, password)) {
            if (!isRight(secret, password)) {
                return Optional.empty();
            }
            account.ifPresent(right -> proofs.put(name, new Proof(secret, mark(password))));
        }
        return account;
    }

    Optional<Account> byToken(String token) {
        return Optional.ofNullable(look().byToken.get(HashedToken.of(token))).filter(this::isValid);
    }

    /** @return whether it is in the file as it was, and has not ended */
    boolean holds(Account account) {
        return account.equals(look().byName.get(account.name())) && isValid(account);
    }

    private boolean isValid(Account account) {
        return account.isValidAt(clock.instant());
    }

    private boolean isKnown(String name, Secret secret, char[] password) {
        Proof proof = proofs.get(name);
        return proof != null && proof.secret.equals(secret) && MessageDigest.isEqual(proof.mark, mark(password));
    }

    private boolean isRight(HashedPassword secret, char[] password) {
        try {
            if (!hashes.tryAcquire(HASH_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("more passwords come than can be looked at; somebody may be guessing");
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return secret.matches(password);
        } finally {
            hashes.release();
        }
    }

    private byte[] mark(char[] password) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password)));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private Book look() {
        Instant now = clock.instant();
        if (file.isPresent() && Duration.between(looked, now).abs().compareTo(LOOK_AGAIN) >= 0) {
            lookAgain(file.get(), now);
        }
        return book;
    }

    private synchronized void lookAgain(Path path, Instant now) {
        looked = now;
        try {
            FileTime changed = changed(path);
            if (!changed.equals(book.changed)) {
                book = new Book(book.byName, book.byToken, changed);
                book = read(path);
                LOG.infof("the users' file was read again: %d accounts", book.byName.size());
            }
        } catch (ConfigurationException e) {
            LOG.errorf("the users' file changed, and is not used: %s; accounts stay as they were", e.getMessage());
        }
    }

    private static FileTime changed(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new ConfigurationException("it cannot be looked at: " + path, e);
        }
    }

    private static Book read(Path path) {
        FileTime changed = changed(path);
        Map<String, Account> byName = UsersFile.read(path);
        if (byName.isEmpty()) {
            throw new ConfigurationException("the users' file has nobody in it: " + path
                    + "; add somebody with: regstream user add");
        }
        return new Book(byName, byName.values().stream().filter(a -> a.secret() instanceof HashedToken)
                .collect(Collectors.toMap(a -> (HashedToken) a.secret(), Function.identity(), (one, other) -> {
                    throw new ConfigurationException(one.name() + " and " + other.name() + " have the same token");
                })), changed);
    }
}
