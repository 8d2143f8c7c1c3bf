package org.regstream.service.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.service.dicomweb.MultipartReader.Part;
import org.regstream.service.dicomweb.MultipartReader.TooLargeException;

class MultipartReaderTest {

    private static final String BOUNDARY = "b-x";
    private final List<Part> parts = new ArrayList<>();

    @Test
    void shouldGiveTheBytesOfEachPart() throws IOException {
        // when
        read(MultipartReaderTest.body(new byte[]{1, 2}, new byte[0], "--b-\r\n".getBytes(StandardCharsets.US_ASCII)));

        // then
        assertThat(parts).extracting(part -> part.content().orElseThrow()).containsExactly(new byte[]{1, 2},
                new byte[0], "--b-\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(parts).allSatisfy(part -> assertThat(part.contentType()).contains("application/dicom"));
    }

    /** Pixels that look almost like a boundary, in pieces that end anywhere. */
    @Test
    void shouldTakeAnyBytesForWhatTheyAre() throws IOException {
        Random random = new Random(4);
        byte[] alphabet = "\r\n-b".getBytes(StandardCharsets.US_ASCII);
        for (int n = 0; n < 2000; n++) {
            byte[] content = new byte[random.nextInt(14)];
            for (int i = 0; i < content.length; i++) {
                content[i] = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : alphabet[random.nextInt(4)];
            }
            parts.clear();
            reader().read(new Dripping(body(content), 1 + random.nextInt(9)), BOUNDARY, parts::add);
            assertThat(parts).as("round %d: %s", n, Arrays.toString(content)).hasSize(1);
            assertThat(parts.get(0).content().orElseThrow()).isEqualTo(content);
        }
    }

    @Test
    void shouldSayNothingOfATypeThatIsNotThere() throws IOException {
        read("--b-x\r\nContent-Length: 1\r\n\r\nA\r\n--b-x--".getBytes(StandardCharsets.US_ASCII));

        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).contentType()).isEqualTo(Optional.empty());
    }

    @Test
    void shouldReadPastWhatIsTooLarge() throws IOException {
        // when
        new MultipartReader(1000, 10).read(new ByteArrayInputStream(body(new byte[11], new byte[10])), BOUNDARY,
                parts::add);

        // then
        assertThat(parts.get(0).content()).isEmpty();
        assertThat(parts.get(1).content().orElseThrow()).hasSize(10);
    }

    @Test
    void shouldStopWhereTheBodyIsTooLarge() {
        assertThatThrownBy(
                () -> new MultipartReader(100_000, 10).read(new ByteArrayInputStream(body(new byte[200_000])),
                        BOUNDARY, parts::add))
                .isInstanceOf(TooLargeException.class).hasMessageContaining("100000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20, 45, 60})
    void shouldRefuseABodyThatIsCutOff(int length) {
        byte[] whole = body("some pixels".getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> read(Arrays.copyOf(whole, length))).isInstanceOf(DecodeException.class)
                .hasMessageContaining("closing boundary");
    }

    @Test
    void shouldRefuseABodyWithAnotherBoundaryBeforeItIsInMemory() {
        byte[] other = new byte[1 << 20];

        assertThatThrownBy(() -> read(other)).isInstanceOf(DecodeException.class)
                .hasMessageContaining("is the boundary that of the Content-Type?");
    }

    @Test
    void shouldRefuseHeadersWithoutEnd() {
        byte[] endless = ("--b-x\r\nX: " + "y".repeat(100_000)).getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> read(endless)).isInstanceOf(DecodeException.class);
    }

    /** Boundaries that never end, headers without number, parts without number, pixels without end; some are complete by chance. */
    @ParameterizedTest
    @ValueSource(strings = {"--b-x", "--b-x\r\nX: y\r\n", "--b-x\r\n\r\n\r\n", "\r\n--b-", "-", "\r\n",
            "--b-x--b-x\r\n"})
    void shouldEndWhereTheBodyDoesNot(String repeated) {
        for (String start : List.of("", "--b-x", "--b-x\r\n", "--b-x\r\nX: ", "--b-x\r\n\r\n")) {
            Endless body = new Endless(start, repeated);
            Throwable end = catchThrowable(
                    () -> new MultipartReader(1 << 18, 1 << 16).read(body, BOUNDARY, parts::add));

            boolean isComplete = (start + repeated.repeat(2)).contains("--b-x--");
            assertThat(end).as("%s, then %s", start, repeated).satisfiesAnyOf(
                    e -> assertThat(e).isInstanceOfAny(DecodeException.class, TooLargeException.class),
                    e -> assertThat(isComplete && e == null).isTrue());
            assertThat(body.at).isLessThanOrEqualTo((1 << 18) + (16 << 10));
        }
    }

    /** What a part says of its length is not believed: neither memory nor patience follows from it. */
    @Test
    void shouldTakeNoNoticeOfDeclaredLengths() throws IOException {
        read("--b-x\r\nContent-Length: 2147483648\r\n\r\nABC\r\n--b-x--".getBytes(StandardCharsets.US_ASCII));

        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).content().orElseThrow()).containsExactly('A', 'B', 'C');
    }

    /** Whatever comes: a part, a refusal that says why, never another failure and never for ever. */
    @Test
    void shouldSurviveDamage() {
        byte[] whole = body("some pixels".getBytes(StandardCharsets.US_ASCII), new byte[]{13, 10, 45, 45});
        Random random = new Random(9);
        for (int n = 0; n < 3000; n++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                read(damaged);
            } catch (DecodeException e) {
                assertThat(e).hasMessageMatching("(?s)(the body|the headers|no part).*");
            } catch (IOException e) {
                throw new AssertionError("round " + n, e);
            }
        }
    }

    private void read(byte[] body) throws IOException {
        reader().read(new ByteArrayInputStream(body), BOUNDARY, parts::add);
    }

    private static MultipartReader reader() {
        return new MultipartReader(1 << 21, 1 << 20);
    }

    static byte[] body(byte[]... contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new MultipartWriter("application/dicom", BOUNDARY, List.of(contents)).write(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    /** The same again and again. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] repeated;
        private int at;

        Endless(String start, String repeated) {
            this.start = start.getBytes(StandardCharsets.US_ASCII);
            this.repeated = repeated.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            int n = at++;
            return n < start.length ? start[n] : repeated[(n - start.length) % repeated.length];
        }
    }

    /** Gives a few bytes at a time, as a slow network does. */
    private static final class Dripping extends InputStream {
        private final ByteArrayInputStream in;
        private final int step;

        Dripping(byte[] bytes, int step) {
            this.in = new ByteArrayInputStream(bytes);
            this.step = step;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return in.read(into, offset, Math.min(step, length));
        }
    }
}
