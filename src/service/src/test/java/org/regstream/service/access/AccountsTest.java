package org.regstream.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.ConfigurationException;
import org.regstream.service.testing.HandClock;

class AccountsTest {

    private static final char[] PASSWORD = "correct horse battery".toCharArray();
    private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir
    Path folder;

    private final HandClock clock = new HandClock(Instant.parse("2026-12-01T00:00:00Z"));

    private Path file() {
        return folder.resolve("users.txt");
    }

    private Accounts accounts() {
        return new Accounts(Optional.of(file()), clock);
    }

    @Test
    void shouldKnowAPersonByThePasswordAlone() {
        UserList.readOrNew(file()).addPerson("anna", Set.of(Role.VIEW), Optional.empty(), PASSWORD);
        Accounts accounts = accounts();

        for (int twice = 0; twice < 2; twice++) {
            assertThat(accounts.byPassword("anna", PASSWORD)).map(Account::name).contains("anna");
            assertThat(accounts.byPassword("anna", "correct horse batterz".toCharArray())).isEmpty();
            assertThat(accounts.byPassword("anna", new char[0])).isEmpty();
            assertThat(accounts.byPassword("bert", PASSWORD)).isEmpty();
        }
    }

    @Test
    void shouldKnowAMachineByItsTokenAloneAndNotAsAPassword() {
        String token = UserList.readOrNew(file()).addMachine("scanner", Set.of(Role.INGEST), Optional.empty());
        Accounts accounts = accounts();

        assertThat(accounts.byToken(token)).map(Account::roles).contains(Set.of(Role.INGEST));
        assertThat(accounts.byToken(token + "A")).isEmpty();
        assertThat(accounts.byPassword("scanner", token.toCharArray())).isEmpty();
    }

    @Test
    void shouldWriteNoSecretAndLetNobodyElseRead() throws Exception {
        String token = UserList.readOrNew(file()).addMachine("scanner", Set.of(Role.INGEST), Optional.empty());
        UserList.read(file()).addPerson("anna", Set.of(Role.VIEW, Role.ADMIN), Optional.empty(), PASSWORD);

        assertThat(Files.readString(file())).doesNotContain(token, String.valueOf(PASSWORD));
        assertThat(UserList.read(file()).lines()).containsExactly("scanner  ingest  token",
                "anna  view,admin  password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        assertThat(UsersFile.read(file()).toString()).doesNotContain("$");
    }

    @Test
    void shouldLetSomebodyInUntilTheEnd() {
        Instant end = clock.instant().plusSeconds(10);
        String token = UserList.readOrNew(file()).addMachine("scanner", Set.of(Role.INGEST), Optional.of(end));
        Accounts accounts = accounts();
        Account account = accounts.byToken(token).orElseThrow();

        clock.now = clock.now.plus(Duration.ofMillis(9999));
        assertThat(accounts.holds(account)).isTrue();
        clock.now = clock.now.plus(Duration.ofMillis(1));
        assertThat(accounts.holds(account)).isFalse();
        assertThat(accounts.byToken(token)).isEmpty();
    }

    /** Taken out, another password, fewer roles: each ends what was open. */
    @Test
    void shouldSeeAChangeOfTheFile() throws Exception {
        UserList list = UserList.readOrNew(file());
        list.addPerson("anna", Set.of(Role.VIEW), Optional.empty(), PASSWORD);
        list.addPerson("bert", Set.of(Role.VIEW), Optional.empty(), PASSWORD);
        Accounts accounts = accounts();
        Account anna = accounts.byPassword("anna", PASSWORD).orElseThrow();
        Account bert = accounts.byPassword("bert", PASSWORD).orElseThrow();

        list.addPerson("bert", Set.of(Role.VIEW), Optional.empty(), "another password".toCharArray());
        list.remove("anna");
        Files.setLastModifiedTime(file(), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        clock.now = clock.now.plus(Duration.ofSeconds(1));

        assertThat(accounts.holds(anna)).isFalse();
        assertThat(accounts.holds(bert)).isFalse();
        assertThat(accounts.byPassword("anna", PASSWORD)).isEmpty();
        assertThat(accounts.byPassword("bert", PASSWORD)).isEmpty();
    }

    @Test
    void shouldKeepTheAccountsWhenTheFileBecomesUnreadable() throws Exception {
        UserList.readOrNew(file()).addPerson("anna", Set.of(Role.VIEW), Optional.empty(), PASSWORD);
        Accounts accounts = accounts();

        Files.writeString(file(), "anna:view");
        Files.setLastModifiedTime(file(), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        clock.now = clock.now.plus(Duration.ofSeconds(1));

        assertThat(accounts.byPassword("anna", PASSWORD)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna", "anna:view", "anna:boss:sha256$" + HASH, "anna::sha256$" + HASH,
            "an na:view:sha256$" + HASH, "anna:view:sha256$short", "anna:view:plain",
            "anna:view:sha256$" + HASH + ":soon",
            "anna:view:pbkdf2-sha512$0$AA==$" + HASH, "anna:view:pbkdf2-sha512$99999999$AA==$" + HASH,
            "anna:view:pbkdf2-sha512$1$$" + HASH, "anna:view:pbkdf2-sha512$1$AA==", "# nobody", ""})
    void shouldRefuseAFileThatIsWrongAndNameTheLine(String line) throws Exception {
        Files.writeString(file(), "\n" + line + "\n");

        assertThatThrownBy(this::accounts).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file().toString()).hasMessageNotContaining(HASH);
    }

    @Test
    void shouldRefuseTwoOfOneNameAndTwoOfOneToken() throws Exception {
        Files.writeString(file(), "a:view:sha256$" + HASH + "\nb:view:sha256$" + HASH);
        assertThatThrownBy(this::accounts).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("same token");
        Files.writeString(file(), "a:view:sha256$" + HASH + "\na:view:sha256$" + HASH);
        assertThatThrownBy(this::accounts).isInstanceOf(ConfigurationException.class).hasMessageContaining("line 2");
    }

    @Test
    void shouldRefuseAPasswordThatIsTooShort() {
        assertThatThrownBy(() -> UserList.readOrNew(file()).addPerson("anna", Set.of(Role.VIEW), Optional.empty(),
                "eleven char".toCharArray())).isInstanceOf(ConfigurationException.class).hasMessageContaining("12");
        assertThat(file()).doesNotExist();
    }
}
