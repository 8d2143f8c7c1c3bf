package org.regstream.navigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.Structure;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.testkit.TestGrids;
import org.regstream.core.testkit.TestOrientations;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** What the reference C++ library unpacks from our bytes, its checksums checked. */
class ReferenceLibraryTest {

    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000L, 250_000_000);
    private static final double FLOAT_MM = 1e-4;

    @BeforeAll
    static void build() {
        ReferenceClient.assumeThere();
    }

    @Test
    void shouldUnpackImagesInAll48OrdersOfTheirAxes() {
        // given
        List<LabelMap> maps = new ArrayList<>();
        List<Content> images = new ArrayList<>();
        for (Grid grid : TestOrientations.all48(TestGrids.oblique(2, 3, 4))) {
            maps.add(RandomData.labels(grid, 256, maps.size()));
            images.add(Image.of(grid, Pixels.of(maps.get(maps.size() - 1))));
        }

        // when
        List<ReceivedLine> received = unpacked(images);

        // then
        for (int n = 0; n < maps.size(); n++) {
            assertIsWhere(maps.get(n), received.get(n));
        }
    }

    private static void assertIsWhere(LabelMap labels, ReceivedLine image) {
        Grid grid = labels.grid();
        assertThat(image.fields()).containsEntry("coord", "1").containsEntry("scalar", "3")
                .containsEntry("components", "1").containsEntry("offset", "0,0,0")
                .containsEntry("sub", image.fields().get("size"));
        double[] size = image.numbers("size");
        double[] spacing = image.numbers("spacing");
        assertThat(size).containsExactly(grid.width(), grid.height(), grid.depth());
        double[] values = image.numbers("values");
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++, x++) {
                    Vector3 ras = image.vector("p").plus(image.vector("t").times(spacing[0] * (i - (size[0] - 1) / 2)))
                            .plus(image.vector("s").times(spacing[1] * (j - (size[1] - 1) / 2)))
                            .plus(image.vector("n").times(spacing[2] * (k - (size[2] - 1) / 2)));
                    Vector3 lps = new Vector3(-ras.x(), -ras.y(), ras.z());
                    assertThat(lps.minus(grid.affine().toLps(k, j, i)).norm()).isLessThan(FLOAT_MM);
                    assertThat(values[x]).isEqualTo(labels.at(k, j, i));
                }
            }
        }
    }

    @Test
    void shouldUnpackEachTypeOfVoxel() {
        // given
        Grid grid = TestGrids.anisotropic(1, 2, 3);
        Volume signed = Volume.copyOf(grid, new float[]{-32768, 32767, 0, 1, -1, 258});
        Volume unsigned = Volume.copyOf(grid, new float[]{0, 65535, 32768, 1, 2, 3});
        Volume fractions = Volume.copyOf(grid, new float[]{0.1f, -1e-20f, 3e20f, 0, 1, 2});
        float[] vectors = new float[18];
        for (int x = 0; x < 18; x++) {
            vectors[x] = x - 0.5f;
        }

        // when
        List<ReceivedLine> received = unpacked(List.of(Image.of(grid, Pixels.ofIntensities(signed)),
                Image.of(grid, Pixels.ofIntensities(unsigned)), Image.of(grid, Pixels.ofIntensities(fractions)),
                Image.of(grid, Pixels.ofVectors(vectors)),
                new Image(grid, Pixels.of(fractions), PatientAxes.LPS)));

        // then
        assertThat(received.get(0).fields()).containsEntry("scalar", "4");
        assertThat(received.get(0).numbers("values")).containsExactly(-32768, 32767, 0, 1, -1, 258);
        assertThat(received.get(1).fields()).containsEntry("scalar", "5");
        assertThat(received.get(1).numbers("values")).containsExactly(0, 65535, 32768, 1, 2, 3);
        assertThat(received.get(2).fields()).containsEntry("scalar", "10");
        assertThat(received.get(2).numbers("values")[0]).isCloseTo(0.1f, within(1e-9));
        assertThat(received.get(3).fields()).containsEntry("components", "3");
        assertThat(received.get(3).numbers("values")).hasSize(18).endsWith(15.5, 16.5);
        assertThat(received.get(4).fields()).containsEntry("coord", "2");
        assertThat(received.get(4).vector("p").minus(grid.centre()).norm()).isLessThan(FLOAT_MM);
    }

    @Test
    void shouldUnpackTheSurface() {
        // given
        LabelMap map = RandomData.labels(TestGrids.oblique(4, 4, 4), 2, 3);
        TriangleMesh mesh = SurfaceNets.of(map, 1, 10_000);

        // when
        List<ReceivedLine> received = unpacked(
                List.of(new Surface(mesh), new Surface(new TriangleMesh(new float[0], new int[0]))));

        // then
        double[] points = received.get(0).numbers("points");
        assertThat(points).hasSize(mesh.points().length);
        for (int x = 0; x < points.length; x++) {
            double lps = x % 3 == 2 ? points[x] : -points[x];
            assertThat(lps).isCloseTo(mesh.points()[x], within(1e-5));
        }
        assertThat(received.get(0).numbers("polygons"))
                .containsExactly(java.util.Arrays.stream(mesh.triangles()).asDoubleStream().toArray());
        assertThat(received.get(1).fields()).containsEntry("points", "").containsEntry("polygons", "");
    }

    @Test
    void shouldUnpackTextStatusLabelListAndCapability() {
        // when
        List<String> lines = lines(
                List.of(new Text("{\"a\":1}"), new Status(Status.Code.TIME_OUT, 3, "STALE", "too old"),
                        new Status(Status.Code.OK, 0, "OK", ""),
                        new LabelList(List.of(new Structure(1, "front", "1", "x", "#010203"),
                                new Structure(255, "back", "2", "y", "#ff8000")), "Labels_p", "Live_p",
                                TestGrids.isotropic(3, 4, 5)),
                        new Capability(List.of("IMAGE", "GET_POLYDATA"))));

        // then: a quarter of a second is 2^30
        String when = " Dev 1700000000.1073741824 ";
        assertThat(lines).containsExactly("STRING" + when + "encoding=3 text={\"a\":1}",
                "STATUS" + when + "code=7 sub=3 name=STALE message=too old",
                "STATUS" + when + "code=1 sub=0 name=OK message=",
                "LBMETA" + when + "label=1 name='front' id=Labels_p owner=Live_p rgba=1,2,3,255 size=5,4,3"
                        + " label=255 name='back' id=Labels_p owner=Live_p rgba=255,128,0,255 size=5,4,3",
                "CAPABILITY" + when + "IMAGE GET_POLYDATA");
    }

    /** A receiver takes RAS to RAS; back in LPS that is the pose. */
    @Test
    void shouldUnpackTheTransformOfAnyPose() {
        // given
        List<Pose> poses = List.of(Pose.IDENTITY,
                Pose.rotation(new Vector3(0.3, -0.9, 2.1)).taking(new Vector3(10, 20, -30), new Vector3(-4, 55, 7)),
                new Pose(new Vector3(1.1, 0.2, 0), new Vector3(0, 0.9, -0.1), new Vector3(0.3, 0, 1.2),
                        new Vector3(-90, 0.5, 120)));

        // when
        List<ReceivedLine> received = unpacked(poses.stream().map(Transform::new).toList());

        // then
        for (int n = 0; n < poses.size(); n++) {
            ReceivedLine m = received.get(n);
            for (Vector3 lps : List.of(new Vector3(0, 0, 0), new Vector3(60, -20, 35), new Vector3(-1, 90, -70))) {
                Vector3 ras = m.vector("p").plus(m.vector("x").times(-lps.x())).plus(m.vector("y").times(-lps.y()))
                        .plus(m.vector("z").times(lps.z()));
                assertThat(new Vector3(-ras.x(), -ras.y(), ras.z()).minus(poses.get(n).toMoving(lps)).norm())
                        .isLessThan(FLOAT_MM);
            }
        }
    }

    private static List<ReceivedLine> unpacked(List<? extends Content> contents) {
        return lines(contents).stream().map(ReceivedLine::of).toList();
    }

    /** Sends the messages over TCP to the reference client. */
    private static List<String> lines(List<? extends Content> contents) {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(server, contents));
            List<String> lines = ReferenceClient.talk(server.getLocalPort(), "read:" + contents.size());
            sent.join();
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(ServerSocket server, List<? extends Content> contents) {
        try (Socket socket = server.accept()) {
            for (Content content : contents) {
                socket.getOutputStream().write(Message.of("Dev", TIME, content).encode(HeaderVersion.PROTOCOL_2));
            }
            // until the client has read all and closes
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
