package org.regstream.core.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Optional;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.memory.Purse;
import org.regstream.core.memory.Tab;

class ProcedureBundleTest {

    private static final ProcedureBundle BUNDLE = new ProcedureBundle(utf8("{\"id\":\"p\"}"), utf8("image"),
            utf8("labels"));

    @Test
    void shouldReadWhatItWrote() {
        // when
        ProcedureBundle back = decode(BUNDLE.encode());

        // then
        assertThat(back.json()).isEqualTo(BUNDLE.json());
        assertThat(back.preoperative()).isEqualTo(BUNDLE.preoperative());
        assertThat(back.labels()).isEqualTo(BUNDLE.labels());
        assertThat(back.overview()).isEmpty();
    }

    @Test
    void shouldKeepAnOverviewWhereThereIsOne() {
        ProcedureBundle back = decode(new ProcedureBundle(BUNDLE.json(), BUNDLE.preoperative(), BUNDLE.labels(),
                Optional.of(utf8("coarse"))).encode());
        assertThat(back.overview()).hasValueSatisfying(overview -> assertThat(overview).isEqualTo(utf8("coarse")));
        assertThat(back.labels()).isEqualTo(BUNDLE.labels());
    }

    @Test
    void shouldWriteEqualContentsAsEqualBytesInAnyTimeZone() {
        // given
        TimeZone here = TimeZone.getDefault();
        byte[] bytes = BUNDLE.encode();

        // when
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        byte[] elsewhere;
        try {
            elsewhere = BUNDLE.encode();
        } finally {
            TimeZone.setDefault(here);
        }

        // then
        assertThat(elsewhere).isEqualTo(bytes);
    }

    @Test
    void shouldReadEntriesInAnyOrder() throws IOException {
        byte[] zip = zip("labels.nii.gz", "l", "procedure.json", "j", "preoperative.nii.gz", "p");
        assertThat(decode(zip).preoperative()).isEqualTo(utf8("p"));
    }

    @Test
    void shouldRefuseMissingEntry() throws IOException {
        byte[] zip = zip("labels.nii.gz", "l", "procedure.json", "j");
        assertThatThrownBy(() -> decode(zip)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("preoperative.nii.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../procedure.json", "/etc/passwd", "folder/", "PROCEDURE.JSON", "more.txt"})
    void shouldRefuseAnyOtherEntryWithoutRepeatingItsName(String name) throws IOException {
        byte[] zip = zip("labels.nii.gz", "l", name, "x");
        assertThatThrownBy(() -> decode(zip)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("nothing else").hasMessageNotContaining(name);
    }

    /** ZipOutputStream itself refuses to write a name twice, so the second name is patched in. */
    @Test
    void shouldRefuseAnEntryThatComesTwice() throws IOException {
        byte[] zip = zip("procedure.json", "a", "procedure.jsoX", "b");
        int at = new String(zip, StandardCharsets.ISO_8859_1).indexOf("procedure.jsoX");
        zip[at + "procedure.jso".length()] = 'n';
        assertThatThrownBy(() -> decode(zip)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("got it twice");
    }

    /** 1 MiB and one byte of zeros deflate to about 1 KiB. */
    @Test
    void shouldStopInflatingAtTheLimit() throws IOException {
        String bomb = "\0".repeat(ProcedureBundle.MAX_JSON_BYTES + 1);
        byte[] zip = zip("procedure.json", bomb);
        assertThat(zip).hasSizeLessThan(4096);
        assertThatThrownBy(() -> decode(zip)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("1048576");
    }

    @Test
    void shouldRefuseEmptyEntry() throws IOException {
        byte[] zip = zip("procedure.json", "");
        assertThatThrownBy(() -> decode(zip)).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> new ProcedureBundle(new byte[0], utf8("p"), utf8("l")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWhatIsNoZip() {
        assertThatThrownBy(() -> decode(new byte[0])).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> decode(utf8("{\"id\":\"p\"}"))).isInstanceOf(DecodeException.class);
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] whole = BUNDLE.encode();
        int lastEntry = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("PK\3\4");
        for (int length = 0; length <= lastEntry; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> decode(part)).as("first %d bytes", length)
                    .isInstanceOf(DecodeException.class);
        }
    }

    /** Damage ends in a DecodeException or is in bytes that nobody reads; never in anything else. */
    @Test
    void shouldFailOnlyWithDecodeExceptionWhenDamaged() {
        byte[] whole = BUNDLE.encode();
        Random random = new Random(41);
        int refused = 0;
        for (int n = 0; n < 5000; n++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                decode(damaged);
            } catch (DecodeException e) {
                refused++;
            }
        }
        assertThat(refused).as("seed 41").isGreaterThan(1000);
    }

    @Test
    void shouldShowLengthsOnly() {
        assertThat(BUNDLE.toString()).isEqualTo("ProcedureBundle of 10 + 5 + 6 + 0 bytes");
    }

    private static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int n = 0; n < namesAndContents.length; n += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[n]));
                zip.write(utf8(namesAndContents[n + 1]));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ProcedureBundle decode(byte[] bytes) {
        try (Tab memory = Purse.unbounded().open()) {
            return ProcedureBundle.decode(bytes, memory);
        }
    }
}
