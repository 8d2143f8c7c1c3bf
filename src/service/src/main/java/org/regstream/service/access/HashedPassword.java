package org.regstream.service.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.regstream.core.ConfigurationException;

/**
 * A person's password, by PBKDF2 with HMAC-SHA-512 of the JDK.
 *
 * @param rounds of the hash
 * @param salt   Base64
 * @param hash   Base64, 32 bytes
 */
record HashedPassword(int rounds, String salt, String hash) implements Secret {

    static final String SCHEME = "pbkdf2-sha512";
    static final int SHORTEST = 12;
    static final int LONGEST = 256;

    /** What OWASP asks of this hash (Password Storage Cheat Sheet, 2023): about 0.2 s a guess. */
    private static final int ROUNDS = 210_000;
    /** More would let a file stop the service. */
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** What a name is compared with that nobody has, so that the time tells nothing. */
    static final HashedPassword NOBODYS = new HashedPassword(ROUNDS, encode(new byte[SALT_BYTES]),
            encode(new byte[HASH_BYTES]));

    /** @throws ConfigurationException if it is too short or too long */
    static HashedPassword of(char[] password) {
        if (password.length < SHORTEST || password.length > LONGEST) {
            throw new ConfigurationException("a password takes " + SHORTEST + " to " + LONGEST + " characters, got "
                    + password.length);
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new HashedPassword(ROUNDS, encode(salt), encode(derive(password, salt, ROUNDS)));
    }

    static HashedPassword parse(String text) {
        try {
            String[] parts = text.split("\\$", -1);
            HashedPassword password = new HashedPassword(Integer.parseInt(parts[1]), parts[2], parts[3]);
            if (parts.length == 4 && password.rounds > 0 && password.rounds <= MOST_ROUNDS
                    && decode(password.salt).length > 0 && decode(password.hash).length == HASH_BYTES) {
                return password;
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // told below, without the text
        }
        throw new ConfigurationException("a password must stand as " + SCHEME + "$ROUNDS$SALT$HASH with up to "
                + MOST_ROUNDS + " rounds; make it with: regstream user add");
    }

    /** Takes as long whether it is right or not. */
    boolean matches(char[] password) {
        return MessageDigest.isEqual(decode(hash), derive(password, decode(salt), rounds));
    }

    @Override
    public String text() {
        return String.join("$", SCHEME, String.valueOf(rounds), salt, hash);
    }

    @Override
    public String toString() {
        return SCHEME;
    }

    private static byte[] derive(char[] password, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(password.length > LONGEST ? Arrays.copyOf(password, LONGEST + 1) : password,
                salt, rounds, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK of version 17 has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }
}
