package org.regstream.training.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regstream.core.volume.DisplacementField;
import org.regstream.training.TinyTask;
import org.regstream.training.data.Sample;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.method.Methods;
import org.regstream.training.evaluate.method.TrainingPlan;
import org.regstream.training.evaluate.method.TrainingPlan.SnapshotChoice;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.evaluate.table.Comparison;
import org.regstream.training.evaluate.table.TableFixtures;
import org.regstream.training.network.Precision;
import org.regstream.training.network.Preset;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class HtmlReportTest {

    @TempDir
    static Path folder;
    private static final Comparison COMPARISON = TableFixtures.comparison();
    private static final TrainingPlan PLAN = new TrainingPlan(Preset.FAST, 1e-3, SnapshotChoice.RANDOM);
    private static Document page;

    /** What a run leaves: weights of the mean teacher, pictures of a row. */
    @BeforeAll
    static void writeWhatRowsLeaveAndTheirPage() throws Exception {
        Path training = RowSite.run(folder.resolve("as+atc"), 1);
        Files.createDirectories(training);
        Files.writeString(training.resolve("weights.csv"), "1,2.5,0.5\n2,3.5,0.7\n");
        Sample sample = TinyTask.sample(1);
        Pairing pair = new Pairing(sample, TinyTask.sample(2));
        Outcome still = Outcome.of(pair, DisplacementField.zero(sample.image().grid()), TinyTask.TASK.channels());
        for (Row row : Methods.of(Methods.Options.of(PLAN, () -> Precision.FLOAT32)).named("unregistered,optimise")) {
            new PairPictures(folder, TinyTask.TASK, COMPARISON.terms().protocol()).registered(row, pair, still);
        }
        page = page(COMPARISON);
    }

    private static Document page(Comparison shown) throws IOException, SAXException, ParserConfigurationException {
        Path file = folder.resolve(shown == COMPARISON ? "report.html" : "other.html");
        new HtmlReport(shown, folder, "./regstream evaluate --methods all --seed 7 < a & b").write(file);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(file.toFile());
    }

    private static Element figure(Document page, String id) {
        NodeList figures = page.getElementsByTagName("figure");
        return IntStream.range(0, figures.getLength()).mapToObj(n -> (Element) figures.item(n))
                .filter(f -> f.getAttribute("id").equals(id)).findFirst()
                .orElseThrow(() -> new AssertionError("the page has no figure " + id));
    }

    private static List<Element> images(Element parent) {
        NodeList images = parent.getElementsByTagName("img");
        return IntStream.range(0, images.getLength()).mapToObj(n -> (Element) images.item(n)).toList();
    }

    private static byte[] bytes(Element image) {
        String source = image.getAttribute("src");
        return Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
    }

    @ParameterizedTest
    @CsvSource({"sparsification,svg,1", "maps,svg,1", "lambda-phi,svg,1", "lambda-c,svg,1", "uncertainty,png,2",
            "contours,png,2", "reliability,svg,1", "accuracy,svg,1"})
    void shouldDrawEachFigureAndSayHowItCameAbout(String id, String format, int pictures) throws Exception {
        Element figure = figure(page, id);

        assertThat(images(figure)).hasSize(pictures)
                .allSatisfy(i -> assertThat(i.getAttribute("src")).startsWith("data:image/" + format))
                .allSatisfy(i -> assertThat(i.getAttribute("alt")).isNotBlank());
        assertThat(figure.getElementsByTagName("figcaption").item(0).getTextContent())
                .contains("3 epochs of 20 images, seed 7", "atlas protocol",
                        "./regstream evaluate --methods all --seed 7 < a & b");
    }

    @Test
    void shouldLoadNothingFromOutside() throws Exception {
        String text = Files.readString(folder.resolve("report.html"));
        assertThat(text.replace("xmlns=\"http://www.w3.org/1999/xhtml\"", "")).doesNotContain("http:", "https:",
                "<script",
                "<link");
        assertThat(images(page.getDocumentElement()))
                .allSatisfy(i -> assertThat(i.getAttribute("src")).startsWith("data:"));
        for (Element image : images(page.getDocumentElement())) {
            if (image.getAttribute("src").startsWith("data:image/svg")) {
                String svg = new String(bytes(image), StandardCharsets.UTF_8);
                assertThat(svg).doesNotContain("DOCTYPE", "href=");
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes(image)));
            }
        }
    }

    @Test
    void shouldShowTheTablesAndWhyARowIsMissing() throws Exception {
        assertThat(page.getElementsByTagName("table").getLength()).isEqualTo(4);
        assertThat(page.getDocumentElement().getTextContent()).contains("NLCC %", "73.75 ± 1.77",
                "not installed: --syn-command was not given", "2 x test");
    }

    @Test
    void shouldSayThatAFigureCouldNotBeDrawn() throws Exception {
        Comparison untrained = new Comparison(COMPARISON.terms(), "2 x test", List.of(COMPARISON.rows().get(5)));

        Document other = page(untrained);

        for (String id : List.of("sparsification", "maps", "lambda-phi", "uncertainty", "contours", "reliability")) {
            assertThat(images(figure(other, id))).isEmpty();
            assertThat(figure(other, id).getTextContent()).contains("Not drawn");
        }
    }

    @Test
    void shouldDrawContoursWhereTheyAre() throws IOException {
        BufferedImage picture = ImageIO.read(PairPictures.file(folder, "unregistered", PairPictures.CONTOURS).toFile());
        int structureRgb = 0xff000000 | Integer.decode(TinyTask.TASK.structures().get(0).colour());

        // Three slices of 16 x 32 voxels at four pixels each, six between them.
        assertThat(picture.getWidth()).isEqualTo(3 * 64 + 2 * 6);
        assertThat(picture.getHeight()).isEqualTo(128);
        long white = 0;
        long structure = 0;
        for (int y = 0; y < 128; y++) {
            for (int x = 70; x < 134; x++) {
                white += picture.getRGB(x, y) == 0xffffffff ? 1 : 0;
                structure += picture.getRGB(x, y) == structureRgb ? 1 : 0;
            }
        }
        assertThat(white).isPositive();
        assertThat(structure).isPositive();
    }

    @Test
    void shouldAverageWeightsOverStretchesOfSteps() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int step = 1; step <= 240; step++) {
            lines.append(step).append(',').append(step % 2).append(",1\n");
        }
        Path file = folder.resolve("weights.csv");
        Files.writeString(file, lines);

        WeightLog log = WeightLog.read(file).orElseThrow();

        assertThat(log.step()).hasSize(120).startsWith(1.5).endsWith(239.5);
        assertThat(log.lambdaPhi()).containsOnly(0.5);
        assertThat(log.lambdaC()).containsOnly(1);
        assertThat(WeightLog.read(folder.resolve("none.csv"))).isEmpty();
    }
}
