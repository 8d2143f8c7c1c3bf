package org.regstream.service.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.line.Network;
import org.regstream.core.model.AlertThresholds;
import org.regstream.core.model.DicePredictor;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.read.GivenLabels;

class PageMessagesTest {

    private static final AlertThresholds LIMITS = new AlertThresholds("v", 1, Map.of(),
            Map.of("left box", new DicePredictor(0, Map.of(), Map.of(), 0, 0)), Map.of("left box", 0.7), Map.of(),
            Optional.empty(), 1, "made up");

    private static final Grid GRID = new Grid(20, 24, 22, Affine.axisAligned(new Vector3(1, 2, 3), 2.5, 2, 1.5));
    private final PageResult result = new PagePhantom(GRID).result("p1", 7, Network.ENSEMBLE, Instant.EPOCH,
            Duration.ofSeconds(3));
    private final DecodedMessage message = DecodedMessage.of(PageMessages.result(result, LIMITS));

    @Test
    void shouldPlaceBlocksAsTheTableSays() {
        JsonNode blocks = message.metadata().path("blocks");
        assertThat(message.version()).isEqualTo(1);
        assertThat(message.type()).isEqualTo(1);
        assertThat(blocks.at("/image/shape").toString()).isEqualTo("[20,24,22]");
        assertThat(blocks.at("/image/type").asText()).isEqualTo("uint16");
        // the first and last two slices are not computed
        assertThat(blocks.at("/labels/shape").toString()).isEqualTo("[16,24,22]");
        assertThat(message.metadata().at("/box/from").toString()).isEqualTo("[2,0,0]");
        assertThat(blocks.at("/labels/offset").asInt() % 8).isZero();
        assertThat(blocks.at("/uncertainty/offset").asInt() % 8).isZero();
    }

    @Test
    void shouldCarryTheImageToWithinAStepOfItsScale() {
        ByteBuffer image = message.block("image");
        double slope = message.metadata().at("/image/slope").asDouble();
        double intercept = message.metadata().at("/image/intercept").asDouble();
        float[] values = result.live().volume().values();
        for (int x = 0; x < values.length; x++) {
            assertThat(intercept + slope * (image.getShort(2 * x) & 0xffff)).isCloseTo(values[x],
                    within(slope * 0.51));
        }
    }

    @Test
    void shouldCarryLabelsExactlyAndUncertaintyInSteps() {
        ByteBuffer labels = message.block("labels");
        ByteBuffer uncertainty = message.block("uncertainty");
        int first = GRID.offset(2, 0, 0);
        // the entropy of two structures and background is at most ln 3, and 1 nat is 254 / ln 3 = 231.2 steps
        assertThat(message.metadata().at("/uncertainty/full").asDouble()).isEqualTo(Math.log(3));
        for (int x = 0; x < 16 * 24 * 22; x++) {
            int label = result.labels().labels()[first + x];
            assertThat(labels.get(x)).isEqualTo((byte) label);
            assertThat(uncertainty.get(x) & 0xff).isEqualTo(label == 1 ? 231 : 0);
        }
    }

    @Test
    void shouldSayWhereTheVolumeLiesAndWhatItsStructuresAre() {
        assertThat(message.metadata().at("/grid/origin").toString()).isEqualTo("[1.0,2.0,3.0]");
        assertThat(message.metadata().at("/grid/steps").toString())
                .isEqualTo("[[0.0,0.0,2.5],[0.0,2.0,0.0],[1.5,0.0,0.0]]");
        JsonNode left = message.metadata().at("/structures/0");
        assertThat(left.path("name").asText()).isEqualTo("left box");
        assertThat(left.path("predictedDice").asDouble()).isEqualTo(0.87);
        assertThat(left.path("minPredictedDice").asDouble()).isEqualTo(0.7);
        assertThat(message.metadata().at("/structures/1/minPredictedDice").isNull()).isTrue();
    }

    @Test
    void shouldSayWhereLabelsComeFromAndHowFarTheyCanBeTrusted() {
        JsonNode m = message.metadata();
        assertThat(m.path("labelSource").asText()).isEqualTo("carried");
        assertThat(m.path("field").asText()).isEqualTo("network");
        assertThat(m.at("/uncertainty/quantity").asText()).isEqualTo("label-entropy");
        assertThat(m.at("/uncertainty/unit").asText()).isEqualTo("nat");
        JsonNode left = m.at("/structures/0");
        assertThat(left.path("labelSource").asText()).isEqualTo("carried");
        assertThat(left.path("expectedErrorMm").asDouble()).isEqualTo(0.75);
        assertThat(left.at("/verdict/low90").asDouble()).isEqualTo(0.745);
        assertThat(left.at("/verdict/high90").asDouble()).isEqualTo(0.9325);
    }

    /** For those who ask for the network's own outlines. */
    @Test
    void shouldBringTheSecondOpinionBesideTheLabels() {
        // given: the network sees the first structure alone
        LabelMap first = GivenLabels.only(result.labels(), result.structures().subList(0, 1));
        PageResult seen = new PageResult(result.procedureId(), result.eventId(), result.sequence(), result.source(),
                result.structures(), result.live(), result.validUntil(), result.labels(), result.uncertainty(),
                () -> first, result.figures());

        // when
        ByteBuffer outline = DecodedMessage.of(PageMessages.result(seen, LIMITS)).block("outline");

        // then
        ByteBuffer labels = message.block("labels");
        int second = 0;
        for (int x = 0; x < 16 * 24 * 22; x++) {
            assertThat(outline.get(x)).isEqualTo((byte) (labels.get(x) == 1 ? 1 : 0));
            second += labels.get(x) == 2 ? 1 : 0;
        }
        assertThat(second).isPositive();
    }

    @Test
    void shouldShowAFlatImageAndAMapOfNothing() {
        Volume flat = Volume.takeOwnershipOf(GRID, new float[GRID.size()]);
        PagePixels.Image image = PagePixels.image(flat);
        assertThat(image.slope()).isPositive();
        assertThat(image.white()).isGreaterThan(image.black());

        float[] nothing = new float[GRID.size()];
        java.util.Arrays.fill(nothing, Float.NaN);
        assertThat(PagePixels.computed(Volume.takeOwnershipOf(GRID, nothing)).size()).isZero();
    }

    @Test
    void shouldCarryAnAlertAsTheTopicHasIt() {
        String json = "{\"code\":\"GAP\",\"sentence\":\"„Lücke“\"}";
        DecodedMessage alert = DecodedMessage.of(PageMessages.alert(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(alert.type()).isEqualTo(3);
        assertThat(alert.metadata().path("alert").toString()).isEqualTo(json);
    }

    @Test
    void shouldReadWhatAPageReports() {
        assertThat(PageReport.read("{\"type\":\"received\"}").isReceived()).isTrue();

        PageReceipt shown = PageReport
                .read("{\"type\":\"shown\",\"displayId\":\"page-1\",\"eventId\":\"2.25.7\",\"at\":1000.25}")
                .receipt("p1");
        PageReceipt closed = PageReport.read("{\"type\":\"closed\",\"displayId\":\"page-1\",\"at\":0}").receipt("p1");

        assertThat(shown).isEqualTo(new PageReceipt("p1", "page-1", false, Optional.of("2.25.7"),
                Instant.ofEpochMilli(1000).plusNanos(250_000)));
        assertThat(closed).isEqualTo(new PageReceipt("p1", "page-1", true, Optional.empty(), Instant.EPOCH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"type\":\"shown\"}", "{\"type\":\"other\"}",
            "{\"type\":\"received\"} x", "{\"type\":\"received\",\"more\":1}",
            "{\"type\":\"shown\",\"displayId\":\"a b\",\"at\":1}",
            "{\"type\":\"shown\",\"displayId\":\"a\",\"eventId\":\"\",\"at\":1}",
            "{\"type\":\"shown\",\"displayId\":\"a\",\"at\":1e300}"})
    void shouldRefuseWhatIsNoReport(String json) {
        assertThatThrownBy(() -> PageReport.read(json)).isInstanceOf(DecodeException.class);
    }
}
