package org.regstream.service.rest;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.testkit.RandomData;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.testkit.Phantom;
import org.regstream.dicom.write.SegmentationAlgorithm;
import org.regstream.dicom.write.SegmentationWriter;
import org.regstream.service.testing.InMemoryChannels;

@QuarkusTest
@TestProfile(InMemoryChannels.class)
class ProcedureResourceTest {

    private final Phantom phantom = new Phantom(16, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
    private final String id = "rest-" + UUID.randomUUID();

    @AfterEach
    void end() {
        when().delete("/procedures/" + id);
    }

    @Test
    void shouldCreateFromNiftiListShowAndEnd() {
        create(document("")).multiPart("preoperative", "image.nii", nifti(false)).post("/procedures").then()
                .statusCode(201).header("Location", containsString("/procedures/" + id))
                .body("structures", equalTo(List.of("head", "body"))).body("alignment", equalTo("CENTRES"));

        when().get("/procedures").then().statusCode(200).body("id", hasItem(id));
        when().get("/procedures/" + id).then().statusCode(200).body("live.studyInstanceUid", equalTo(Phantom.STUDY))
                .body("ageBudgetSeconds.toDouble()", closeTo(10.0, 1e-9)).body("structures", hasSize(2));
        when().delete("/procedures/" + id).then().statusCode(204);
        when().get("/procedures/" + id).then().statusCode(404).contentType("application/problem+json")
                .body("detail", containsString("GET /procedures"));
        when().get("/procedures").then().body("id", not(hasItem(id)));
    }

    @Test
    void shouldCreateFromDicomFilesAndASegmentationNumberedOtherwise() {
        List<byte[]> series = phantom.series("2.25.7", 1, Instant.parse("2026-11-21T08:00:00Z"));
        RequestSpecification request = given().multiPart("procedure", document("")).multiPart("labels", "labels.dcm",
                segmentation(series));
        for (byte[] slice : series) {
            request.multiPart("preoperative", "slice.dcm", slice);
        }

        request.post("/procedures").then().statusCode(201).body("alignment", equalTo("FRAME_OF_REFERENCE"))
                .body("structures", equalTo(List.of("head", "body")));

        when().get("/procedures/" + id).then().body("frameOfReferenceUid", equalTo(Phantom.SPACE));
    }

    @Test
    void shouldCreateFromAZipOfDicomFiles() throws IOException {
        create(document("")).multiPart("preoperative", "series.zip", zip(phantom.series("2.25.8", 1, Instant.EPOCH)))
                .post("/procedures").then().statusCode(201);
    }

    @Test
    void shouldRefuseAnIdThatExists() {
        create(document("")).multiPart("preoperative", "image.nii", nifti(false)).post("/procedures");

        create(document("")).multiPart("preoperative", "image.nii", nifti(false)).post("/procedures").then()
                .statusCode(409).body("detail", containsString("DELETE"));
    }

    /** The first would lose its live frames to the second. */
    @Test
    void shouldRefuseAProcedureThatTakesFramesOfAnother() {
        create(document("")).multiPart("preoperative", "image.nii", nifti(false)).post("/procedures");

        create(document("").replace(id, id + "-2")).multiPart("preoperative", "image.nii", nifti(false))
                .post("/procedures").then().statusCode(409).body("type", equalTo("urn:regstream:problem:overlaps"))
                .body("detail", containsString("procedure " + id + " selects too"));

        when().get("/procedures").then().body("id", not(hasItem(id + "-2")));
    }

    /** 23 MB that do not pack: a topic's record holds 8 MiB. */
    @Test
    void shouldKeepWhatRegistrationNeedsOfAWholeHead() {
        // given
        Grid grid = new Grid(160, 200, 180, Affine.axisAligned(new Vector3(-90, -100, -80), 1, 1, 1));
        byte[] labels = new byte[grid.size()];
        labels[grid.offset(70, 90, 50)] = 1;
        labels[grid.offset(75, 92, 55)] = 2;
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        NiftiWriter.write(RandomData.volume(grid, 1), image);
        ByteArrayOutputStream map = new ByteArrayOutputStream();
        NiftiWriter.write(LabelMap.takeOwnershipOf(grid, labels), map);

        // then
        given().multiPart("procedure", document("")).multiPart("labels", "labels.nii", map.toByteArray())
                .multiPart("preoperative", "head.nii", image.toByteArray()).post("/procedures").then()
                .statusCode(201).body("alignment", equalTo("AUTOMATIC"))
                .body("notices", hasItem(containsString("what registration needs is kept")));
        when().get("/procedures/" + id).then().statusCode(200).body("structures", hasSize(2));
    }

    /** Its header says what it would take; nothing is allocated for it, and others go on. */
    @Test
    void shouldRefuseAnImageThatTakesMoreMemoryThanThereIs() {
        ByteBuffer header = ByteBuffer.wrap(nifti(false)).order(ByteOrder.LITTLE_ENDIAN);
        for (int axis = 1; axis <= 3; axis++) {
            header.putShort(40 + 2 * axis, (short) 640);
        }

        create(document("")).multiPart("preoperative", "image.nii", header.array()).post("/procedures").then()
                .statusCode(413).body("type", equalTo("urn:regstream:problem:too-large"))
                .body("detail", containsString("uploads may take"));

        create(document("")).multiPart("preoperative", "image.nii", nifti(false)).post("/procedures").then()
                .statusCode(201);
    }

    /** Records that other programs write are told of; they are no reason to restart. */
    @Test
    void shouldTellOfRecordsThatWereSetAside() {
        when().get("/q/health/ready").then().statusCode(200)
                .body("checks.find { it.name == 'records' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'records' }.data.setAside", equalTo(0));
    }

    /** Both are found acceptable before either is on the topic. */
    @Test
    void shouldTakeOneOfTwoThatOverlapAndAreSentAtOnce() {
        for (int round = 0; round < 5; round++) {
            CompletableFuture<Integer> other = CompletableFuture.supplyAsync(
                    () -> create(document("").replace(id, id + "-2"))
                            .multiPart("preoperative", "image.nii", nifti(false))
                            .post("/procedures").statusCode());
            int own = create(document("")).multiPart("preoperative", "image.nii", nifti(false)).post("/procedures")
                    .statusCode();

            assertThat(List.of(own, other.join())).containsExactlyInAnyOrder(201, 409);
            assertThat(when().get("/procedures").jsonPath().getList("id", String.class))
                    .containsExactly(own == 201 ? id : id + "-2");
            when().delete("/procedures/" + id);
            when().delete("/procedures/" + id + "-2");
        }
    }

    @Test
    void shouldNameThePartThatIsMissing() {
        create(document("")).post("/procedures").then().statusCode(422)
                .body("detail", containsString("preoperative (one or more files)"));
    }

    @Test
    void shouldNameAnUnknownKeyOfTheDocument() {
        create(document(", \"surgeon\": \"x\"")).multiPart("preoperative", "image.nii", nifti(false))
                .post("/procedures").then().statusCode(422).contentType("application/problem+json")
                .body("type", equalTo("urn:regstream:problem:invalid")).body("detail", containsString("surgeon"));
    }

    @Test
    void shouldRefuseAnImageOnAnotherGridThanTheLabels() {
        Phantom larger = new Phantom(20, 16, 16, List.of(FakeModel.HEAD, FakeModel.BODY));
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        NiftiWriter.write(larger.image(), image);

        create(document("")).multiPart("preoperative", "image.nii", image.toByteArray()).post("/procedures").then()
                .statusCode(422).body("detail", containsString("[20, 16, 16]"))
                .body("detail", containsString("[16, 16, 16]"));
    }

    @Test
    void shouldRefuseAPreoperativeSeriesWithAGap() {
        List<byte[]> series = phantom.series("2.25.9", 1, Instant.EPOCH);
        RequestSpecification request = create(document(""));
        series.stream().filter(s -> s != series.get(6))
                .forEach(s -> request.multiPart("preoperative", "slice.dcm", s));

        request.post("/procedures").then().statusCode(422).body("detail", containsString("gap"));
    }

    @Test
    void shouldTakeStructuresTheModelDoesNotKnowAndSayWhichLabelsGoOut() {
        create(document(
                ", \"labelSource\": \"refined\", \"structures\": [{\"label\": 1, \"name\": \"heart\", \"code\": "
                        + "\"80891009\", \"meaning\": \"Heart\", \"colour\": \"#ff0000\"}]"))
                .multiPart("preoperative", "image.nii", nifti(false)).post("/procedures").then().statusCode(201)
                .body("structures", equalTo(List.of("heart"))).body("labelSource", equalTo("refined"));

        when().get("/procedures/" + id).then().body("labelSource", equalTo("refined"));
    }

    /** Limits go by name: another thing under a name that the model knows would be judged as that. */
    @Test
    void shouldRefuseANameOfTheModelWithAnotherCode() {
        create(document(", \"structures\": [{\"label\": 1, \"name\": \"head\", \"code\": \"80891009\", \"meaning\": "
                + "\"Heart\", \"colour\": \"#ff0000\"}]")).multiPart("preoperative", "image.nii", nifti(false))
                .post("/procedures").then().statusCode(422).body("detail", containsString("80891009"));
    }

    @Test
    void shouldRefuseASideThatIsNone() {
        create(document(", \"laterality\": \"top\"")).multiPart("preoperative", "image.nii", nifti(false))
                .post("/procedures").then().statusCode(422).body("detail", containsString("left, right or both"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"by\": \"Dr Grey\"}", "{\"by\": \"Dr Grey\", \"reason\": \" \"}"})
    void shouldRefuseAnOverrideThatDoesNotSayWhoAndWhy(String override) {
        create(document(", \"patientOverride\": " + override)).multiPart("preoperative", "image.nii", nifti(false))
                .post("/procedures").then().statusCode(422).body("detail", containsString("patientOverride"));
    }

    @Test
    void shouldSayWhoTakesAnotherPatientsImages() {
        create(document(", \"patientOverride\": {\"by\": \"Dr Grey\", \"reason\": \"Two numbers.\"}"))
                .multiPart("preoperative", "image.nii", nifti(false)).post("/procedures").then().statusCode(201);

        when().get("/procedures/" + id).then().body("patientOverride.by", equalTo("Dr Grey"))
                .body("patient", equalTo(null));
    }

    @Test
    void shouldDescribeItselfAsOpenApi() {
        when().get("/q/openapi?format=json").then().statusCode(200)
                .body("paths.'/procedures'.post.summary", equalTo("Create a procedure"));
    }

    @Test
    void shouldTellModelProviderAndAgeAsReadiness() {
        when().get("/q/health/ready").then().statusCode(200)
                .body("checks.find { it.name == 'pipeline' }.data.provider", equalTo("cpu"))
                .body("checks.find { it.name == 'pipeline' }.data.model", equalTo("fake"));
        when().get("/q/metrics").then().statusCode(200).body(containsString("regstream_provider"));
    }

    private RequestSpecification create(String document) {
        return given().multiPart("procedure", document).multiPart("labels", "labels.nii", nifti(true));
    }

    private String document(String more) {
        return "{\"schema\": 1, \"id\": \"" + id + "\", \"live\": {\"studyInstanceUid\": \"" + Phantom.STUDY + "\"}"
                + more + "}";
    }

    private byte[] nifti(boolean labels) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (labels) {
            NiftiWriter.write(phantom.labels(), bytes);
        } else {
            NiftiWriter.write(phantom.image(), bytes);
        }
        return bytes.toByteArray();
    }

    /** Segment 1 is the body, 2 the head: the other way round than in the model. */
    private byte[] segmentation(List<byte[]> series) {
        List<DicomObject> headers = series.stream().map(FrameReader.withDefaults()::readObject)
                .map(DicomObject::withoutPixelData).toList();
        return SegmentationWriter.write(phantom.labels(), List.of(FakeModel.BODY, FakeModel.HEAD), headers,
                new SegmentationAlgorithm("hand", "00", "manual", List.of()));
    }

    private static byte[] zip(List<byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (byte[] file : files) {
                zip.putNextEntry(new ZipEntry(UUID.randomUUID() + ".dcm"));
                zip.write(file);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
