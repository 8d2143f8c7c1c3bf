package org.regstream.tools.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;
import org.regstream.tools.register.TransformNames;
import org.regstream.tools.transform.Written.Run;

/** Fiducials in both directions along a transform known by formula. */
class PointsCommandTest {

    /** The field between its voxels, and three or four decimals. */
    private static final double MM = 0.012;

    private static final Vector3 LIVE = Written.WINDOW.affine().toLps(20.3, 11.7, 25.1);
    private static final Vector3 PREOPERATIVE = Written.KNOWN.map(LIVE);
    private static final Vector3 FAR = Written.LIVE.affine().toLps(3, 3, 3);

    @TempDir
    private static Path dir;

    @BeforeAll
    static void write() {
        Written.in(dir.resolve("result"));
    }

    private static Run points(Path transform, Path in, Path out, Object... more) {
        Object[] words = {"points", "--transform", transform, "--in", in, "--out", out};
        return Written.command(Stream.concat(Stream.of(words),
                Stream.of(more)).toArray());
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text);
    }

    private static String row(Vector3 p) {
        return String.format(Locale.ROOT, "%.5f,%.5f,%.5f", p.x(), p.y(), p.z());
    }

    private static Vector3 place(String line) {
        String[] cells = line.split(",");
        return new Vector3(Double.parseDouble(cells[0]), Double.parseDouble(cells[1]), Double.parseDouble(cells[2]));
    }

    @Test
    void shouldTakePreoperativeFiducialsToTheLiveImageAndBack() throws IOException {
        Path marked = file("marked.csv", row(PREOPERATIVE) + ",nasion\n");

        Run there = points(dir.resolve("result"), marked, dir.resolve("live.csv"));
        Run back = points(dir.resolve("result"), dir.resolve("live.csv"), dir.resolve("back.csv"), "--to",
                "preoperative");

        assertThat(there.code()).as(there.err()).isZero();
        assertThat(there.out()).contains("1 points").doesNotContain("NOTE");
        List<String> live = Files.readAllLines(dir.resolve("live.csv"));
        assertThat(live).hasSize(1).first().asString().endsWith(",nasion");
        assertThat(place(live.get(0)).minus(LIVE).norm()).isLessThan(MM);
        assertThat(back.code()).isZero();
        assertThat(place(Files.readAllLines(dir.resolve("back.csv")).get(0)).minus(PREOPERATIVE).norm())
                .isLessThan(0.001);
    }

    @Test
    void shouldFindColumnsByNameAndKeepAllElse() throws IOException {
        Path marked = file("named.csv", "# of a navigation system\n\"label\",X,note,y,z\n\"a, b\","
                + String.format(Locale.ROOT, "%.5f,kept,%.5f,%.5f", PREOPERATIVE.x(), PREOPERATIVE.y(),
                        PREOPERATIVE.z())
                + "\n");

        Run run = points(dir.resolve("result"), marked, dir.resolve("named-out.csv"));

        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = Files.readAllLines(dir.resolve("named-out.csv"));
        assertThat(lines).contains("# of a navigation system", "\"label\",X,note,y,z,mapped_by");
        assertThat(lines.get(2)).startsWith("\"a, b\",").contains(",kept,").endsWith(",field");
    }

    @Test
    void shouldNamePointsThatGoByThePoseAlone() throws IOException {
        Vector3 there = Written.KNOWN.pose().toMoving(FAR);
        Path marked = file("far.csv", "x,y,z,label\n" + row(PREOPERATIVE) + ",near\n" + row(there) + ",far\n");

        Run run = points(dir.resolve("result"), marked, dir.resolve("far-out.csv"));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("NOTE far: beyond the window").doesNotContain("NOTE near");
        List<String> lines = Files.readAllLines(dir.resolve("far-out.csv"));
        assertThat(lines.get(1)).endsWith(",near,field");
        assertThat(lines.get(2)).endsWith(",far,pose");
        assertThat(place(lines.get(2)).minus(FAR).norm()).isLessThan(0.001);
    }

    @Test
    void shouldWriteNothingWhereAFieldKnowsNothing() throws IOException {
        Path marked = file("lost.csv", row(LIVE) + ",near\n900,900,900,far\n");

        Run run = points(dir.resolve("result").resolve(TransformNames.FIELD), marked, dir.resolve("lost-out.csv"),
                "--to",
                "preoperative");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("1 of 2 points lie beyond the field", "far (LPS 900.0, 900.0, 900.0)",
                "folder that register wrote");
        assertThat(dir.resolve("lost-out.csv")).doesNotExist();
    }

    @Test
    void shouldReadAndWriteRas() throws IOException {
        Path marked = file("ras.csv", row(Ras.flip(PREOPERATIVE)) + "\n");

        points(dir.resolve("result"), marked, dir.resolve("ras-out.csv"), "--coordinates", "RAS");

        assertThat(place(Files.readAllLines(dir.resolve("ras-out.csv")).get(0)).minus(Ras.flip(LIVE)).norm())
                .isLessThan(MM);
    }

    private static String markups(String system, Vector3 own) {
        return String.format(Locale.ROOT,
                """
                        {"@schema": "https://example.org/markups-schema-v1.0.3.json#",
                         "markups": [{"type": "Fiducial", %s "coordinateUnits": "mm", "locked": false, "labelFormat": "%%N-%%d",
                          "controlPoints": [
                           {"id": "1", "label": "F-1", "description": "d", "associatedNodeID": "n", "position": [%.6f, %.6f, %.6f],
                            "orientation": [-1.0, -0.0, -0.0, -0.0, -1.0, -0.0, 0.0, 0.0, 1.0], "selected": true,
                            "positionStatus": "defined"},
                           {"id": "2", "label": "F-2", "position": [], "positionStatus": "undefined"}],
                          "measurements": [], "display": {"opacity": 1.10, "color": [0.4, 1.0, 1.0]}}]}
                        """,
                system, own.x(), own.y(), own.z());
    }

    @Test
    void shouldRespectTheAxesOfMarkupsAndKeepTheRest() throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String system : List.of("\"LPS\"", "\"1\"", "\"RAS\"", "\"0\"", "0")) {
            // given
            boolean ras = system.contains("RAS") || system.contains("0");
            String text = markups("\"coordinateSystem\": " + system + ",", ras ? Ras.flip(PREOPERATIVE) : PREOPERATIVE);
            Path marked = file("marked.mrk.json", text);

            // when
            Run run = points(dir.resolve("result"), marked, dir.resolve("out.mrk.json"));

            // then
            assertThat(run.code()).as(run.err()).isZero();
            JsonNode before = json.readTree(text);
            JsonNode after = json.readTree(dir.resolve("out.mrk.json").toFile());
            JsonNode p = after.at("/markups/0/controlPoints/0/position");
            Vector3 own = new Vector3(p.get(0).asDouble(), p.get(1).asDouble(), p.get(2).asDouble());
            assertThat((ras ? Ras.flip(own) : own).minus(LIVE).norm()).as(system).isLessThan(MM);
            ((ObjectNode) after.at("/markups/0/controlPoints/0")).set("position",
                    before.at("/markups/0/controlPoints/0/position"));
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void shouldRefuseMarkupsThatDoNotSayTheirAxesOrAreMoreThanPoints() throws IOException {
        assertRefused(markups("", LIVE), "coordinateSystem must be LPS or RAS, got nothing; say it with --coordinates");
        assertRefused(markups("\"coordinateSystem\": \"IJK\",", LIVE), "got IJK");
        assertRefused(markups("\"coordinateSystem\": \"LPS\",", LIVE).replace("Fiducial", "Plane"), "got Plane");
        assertRefused(markups("\"coordinateSystem\": \"LPS\",", LIVE).replace("\"mm\"", "\"um\""),
                "coordinateUnits must be mm");
        assertRefused("{\"markups\": 3}", "array 'markups'");
        assertRefused("no JSON", "must be JSON");
        assertThat(points(dir.resolve("result"), file("silent.mrk.json", markups("", PREOPERATIVE)),
                dir.resolve("silent-out.mrk.json"), "--coordinates", "LPS").code()).isZero();
    }

    private static void assertRefused(String markups, String saying) throws IOException {
        Run run = points(dir.resolve("result"), file("bad.mrk.json", markups), dir.resolve("bad-out.mrk.json"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("regstream points: ").contains(saying);
    }

    @Test
    void shouldNameTheLineThatHoldsNoPoint() throws IOException {
        Run cell = points(dir.resolve("result"), file("bad.csv", "x,y,z\n1,2,3\n1,two,3\n"),
                dir.resolve("bad-out.csv"));
        Run names = points(dir.resolve("result"), file("bad.csv", "id,left,up\n1,2,3\n"), dir.resolve("bad-out.csv"));

        assertThat(cell.err()).contains("bad.csv, line 3: y must be a number, got 'two'");
        assertThat(names.err()).contains("must name columns x, y and z");
    }

    @Test
    void shouldRefuseOtherSidesKindsAndFrames() {
        assertThat(points(Path.of("t"), Path.of("a.csv"), Path.of("b.csv"), "--to", "left").err())
                .contains("--to must be live or preoperative, got left");
        assertThat(points(Path.of("t"), Path.of("a.csv"), Path.of("b.mrk.json")).err()).contains("of one kind");
        assertThat(points(Path.of("t"), Path.of("a.csv"), Path.of("a.csv")).code()).isEqualTo(2);
        assertThat(points(Path.of("t"), Path.of("a.csv"), Path.of("b.csv"), "--coordinates", "IJK").code())
                .isEqualTo(2);
    }

    /** Whoever reads the help must know which way points go. */
    @Test
    void shouldSayTheDirectionInItsHelp() {
        Run help = Written.command("points", "--help");

        assertThat(help.out()).contains("--to live (default): points marked in the pre-operative image");
    }
}
