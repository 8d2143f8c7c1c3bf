package org.regstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.regstream.core.DecodeException;
import org.regstream.core.align.Blocks;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.geometry.VoxelBox;
import org.regstream.core.memory.OverdrawnException;
import org.regstream.core.memory.Purse;
import org.regstream.core.memory.Tab;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.LabelSource;
import org.regstream.core.procedure.LiveSelector;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.ProcedureBundle;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.DicomObject;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.Laterality;
import org.regstream.dicom.read.PatientMark;
import org.regstream.dicom.testkit.Phantom;

class ProcedureCodecTest {

    private final Phantom phantom = new Phantom(8, 12, 10, List.of(FakeModel.HEAD, FakeModel.BODY));

    @Test
    void shouldReadBackWhatItWrote() {
        Reference reference = new Reference(phantom.image(), phantom.labels(), List.of(FakeModel.HEAD, FakeModel.BODY),
                Alignment.FRAME_OF_REFERENCE, Optional.of(new Vector3(1.5, -2, 3)), Optional.of("2.25.9"));
        Procedure procedure = new Procedure("theatre-3", reference,
                new LiveSelector(Optional.of("1.2"), Optional.empty(), Optional.of("2.25.9")), Duration.ofMillis(1500));

        Procedure read = ProcedureCodec.decode(ProcedureCodec.encode(procedure)).procedure();

        assertThat(read).usingRecursiveComparison().ignoringFields("reference.image", "reference.labels")
                .isEqualTo(procedure);
        assertThat(read.reference().image().values()).isEqualTo(phantom.image().values());
        assertThat(read.reference().labels().labels()).isEqualTo(phantom.labels().labels());
        assertThat(read.reference().image().grid().isSameAs(phantom.image().grid())).isTrue();
    }

    @Test
    void shouldReadBackAnImageThatIsNotKeptWhole() {
        // given: labels in a corner of the image, on a grid of their own
        Grid all = phantom.image().grid();
        LabelMap labels = phantom.labels().cutTo(VoxelBox.around(all, x -> phantom.labels().labels()[x] != 0)
                .orElseThrow());
        Volume overview = Blocks.of(phantom.image(), new int[]{2, 2, 2});
        Reference reference = new Reference(phantom.image(), Optional.of(overview), labels,
                List.of(FakeModel.HEAD, FakeModel.BODY), Alignment.AUTOMATIC, Optional.empty(), Optional.empty(),
                LabelSource.CARRIED);
        Procedure procedure = new Procedure("p", reference, LiveSelector.series("1.2.3"), Duration.ofSeconds(2));

        // when
        Reference read = ProcedureCodec.decode(ProcedureCodec.encode(procedure)).procedure().reference();

        // then
        assertThat(read.image().values()).isEqualTo(phantom.image().values());
        assertThat(read.overview().orElseThrow().values()).isEqualTo(overview.values());
        assertThat(read.overview().orElseThrow().grid().isSameAs(overview.grid())).isTrue();
        assertThat(read.labels().labels()).isEqualTo(labels.labels());
        assertThat(read.labels().grid().isSameAs(labels.grid())).isTrue();
    }

    @Test
    void shouldGiveEqualProceduresEqualBytes() {
        assertThat(ProcedureCodec.encode(phantom.procedure("p")))
                .isEqualTo(ProcedureCodec.encode(phantom.procedure("p")));
    }

    /** Schema 1 as it went out first: it must be read for ever. */
    @Test
    void shouldReadSchemaOne() {
        String json = """
                {"schema": 1, "id": "p1",
                 "structures": [{"label": 1, "name": "head", "code": "1", "meaning": "Head", "colour": "#ff0000"},
                                {"label": 2, "name": "body", "code": "2", "meaning": "Body", "colour": "#00ff00"}],
                 "alignment": "CENTRES", "regionOfInterestMm": [1.0, 2.0, 3.0],
                 "live": {"seriesInstanceUid": "1.2.3"}, "ageBudgetSeconds": 2.5}""";

        Procedure p = ProcedureCodec.toProcedure(ProcedureCodec.readDocument(json.getBytes(StandardCharsets.UTF_8)),
                phantom.image(), phantom.labels());

        assertThat(p.id()).isEqualTo("p1");
        assertThat(p.selector()).isEqualTo(LiveSelector.series("1.2.3"));
        assertThat(p.ageBudget()).isEqualTo(Duration.ofMillis(2500));
        assertThat(p.reference().regionOfInterest()).contains(new Vector3(1, 2, 3));
        assertThat(p.reference().structures()).containsExactly(FakeModel.HEAD, FakeModel.BODY);
        assertThat(p.reference().labelSource()).isEqualTo(LabelSource.CARRIED);
    }

    @Test
    void shouldKeepWhichLabelsGoOutAndWhichSideIsShown() {
        // given
        Procedure refined = new Procedure("p", phantom.procedure("p").reference().withLabelSource(LabelSource.REFINED),
                LiveSelector.series("1.2.3"), Duration.ofSeconds(2));

        // when
        byte[] bundle = ProcedureCodec.encode(refined, Laterality.LEFT, PatientCheck.NONE);

        // then
        assertThat(ProcedureCodec.decode(bundle).procedure().reference().labelSource()).isEqualTo(LabelSource.REFINED);
        assertThat(ProcedureCodec.decode(bundle).side()).isEqualTo(Laterality.LEFT);
        assertThat(ProcedureCodec.decode(ProcedureCodec.encode(refined)).side()).isEqualTo(Laterality.UNTOLD);
    }

    /** What is not declared would have no name in what goes out. */
    @Test
    void shouldUseNoLabelThatIsNoStructure() {
        String json = """
                {"schema": 1, "id": "p1",
                 "structures": [{"label": 2, "name": "body", "code": "2", "meaning": "Body", "colour": "#00ff00"}],
                 "alignment": "CENTRES", "live": {"seriesInstanceUid": "1.2.3"}, "ageBudgetSeconds": 2.5}""";

        Procedure p = ProcedureCodec.toProcedure(ProcedureCodec.readDocument(json.getBytes(StandardCharsets.UTF_8)),
                phantom.image(), phantom.labels());

        assertThat(p.reference().labels().count(1)).isZero();
        assertThat(p.reference().labels().count(2)).isEqualTo(phantom.labels().count(2));
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(
                () -> toProcedure("{\"schema\": 1, \"id\": \"p\", \"structures\": [], \"alignment\": \"CENTRES\"}"))
                .isInstanceOf(DecodeException.class).hasMessageContaining("structure");
        assertThatThrownBy(() -> toProcedure("{\"schema\": 2}")).isInstanceOf(DecodeException.class)
                .hasMessageContaining("schema must be 1, got 2");
        assertThatThrownBy(() -> toProcedure("{\"schema\": 1, \"schema\": 1}")).isInstanceOf(DecodeException.class)
                .hasMessageContaining("schema");
        assertThatThrownBy(() -> toProcedure("null")).isInstanceOf(DecodeException.class)
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> toProcedure("{")).isInstanceOf(DecodeException.class);
    }

    @Test
    void shouldRefuseABundleWhoseImagesAreNone() {
        byte[] bundle = new ProcedureBundle("{\"schema\": 1}".getBytes(StandardCharsets.UTF_8), new byte[10],
                new byte[10]).encode();

        assertThatThrownBy(() -> ProcedureCodec.decode(bundle)).isInstanceOf(DecodeException.class);
    }

    /** Anybody may write to the topic. */
    @Test
    void shouldRefuseWhateverItCannotUseAsUnreadable() {
        byte[] json = bundle(ProcedureCodec.encode(new Procedure("p", new Reference(phantom.image(),
                phantom.labels(), List.of(FakeModel.HEAD, FakeModel.BODY), Alignment.FRAME_OF_REFERENCE,
                Optional.of(new Vector3(1.5, -2, 3)), Optional.of("2.25.9")), LiveSelector.study("1.2"),
                Duration.ofSeconds(1)), Laterality.LEFT, ofSomebody())).json();

        for (byte[] odd : OddJson.of(json)) {
            try {
                ProcedureDocument document = ProcedureCodec.readDocument(odd);
                ProcedureCodec.toProcedure(document, phantom.image(), phantom.labels());
                ProcedureCodec.toPatient(document);
            } catch (DecodeException e) {
                assertThat(e.getMessage()).hasSizeLessThan(1000);
            }
        }
    }

    @Test
    void shouldKeepWhoseImagesItTakes() {
        PatientCheck patient = ofSomebody();

        byte[] bundle = ProcedureCodec.encode(phantom.procedure("p"), Laterality.UNTOLD, patient);

        assertThat(ProcedureCodec.decode(bundle).patient()).isEqualTo(patient);
        assertThat(new String(bundle(bundle).json(), StandardCharsets.UTF_8)).doesNotContain("4711", "19700101");
    }

    private static PatientCheck ofSomebody() {
        return new PatientCheck(
                PatientMark.of(List.of(DicomObject.builder().text(Tag.PATIENT_ID, "4711").text(Tag.PATIENT_SEX, "F")
                        .text(Tag.PATIENT_BIRTH_DATE, "19700101").build())),
                Optional.of(new ProcedureDocument.PatientOverride("Dr Grey", "Her twin's scan.")));
    }

    /** What was read may be a name. */
    @Test
    void shouldSayWhereAValueIsWrongWithoutRepeatingIt() {
        assertThatThrownBy(() -> toProcedure("{\"schema\": 1, \"structures\": [{\"label\": \"Grey^Jo\"}]}"))
                .isInstanceOf(DecodeException.class).hasMessageContaining("structures").hasMessageContaining("label")
                .hasMessageNotContaining("Grey");
    }

    /** 130 KB on the topic, 1.3 GiB once decoded: its header says so, and nothing is allocated. */
    @Test
    void shouldRefuseWhatTakesMoreMemoryThanThereIsBeforeItIsAllocated() throws IOException {
        byte[] json = bundle(ProcedureCodec.encode(phantom.procedure("p"))).json();
        byte[] bomb = new ProcedureBundle(json, zeros(512), zeros(512)).encode();
        Purse purse = new Purse("procedures", 32 << 20);

        try (Tab memory = purse.open()) {
            assertThatThrownBy(() -> ProcedureCodec.decode(bomb, memory)).isInstanceOf(OverdrawnException.class)
                    .hasMessageContaining("procedures may take " + (32 << 20));
        }

        assertThat(bomb).hasSizeLessThan(2 << 20);
        assertThat(purse.taken()).isZero();
    }

    /** Also where the ZIP itself is what inflates. */
    @Test
    void shouldRefuseAnEntryThatInflatesBeyondTheMemoryThereIs() throws IOException {
        byte[] json = bundle(ProcedureCodec.encode(phantom.procedure("p"))).json();
        byte[] bomb = new ProcedureBundle(json, new byte[200 << 20], new byte[1]).encode();

        try (Tab memory = new Purse("procedures", 8 << 20).open()) {
            assertThatThrownBy(() -> ProcedureCodec.decode(bomb, memory)).isInstanceOf(OverdrawnException.class);
        }
    }

    /** @return a volume of that side, gzip, which nothing holds as a whole */
    private static byte[] zeros(int side) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        NiftiWriter.write(new Phantom(8, 8, 8, List.of(FakeModel.HEAD, FakeModel.BODY)).image(), small);
        ByteBuffer header = ByteBuffer.wrap(small.toByteArray(), 0, 352).order(ByteOrder.LITTLE_ENDIAN);
        for (int axis = 1; axis <= 3; axis++) {
            header.putShort(40 + 2 * axis, (short) side);
        }
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(header.array(), 0, 352);
            for (int k = 0; k < side; k++) {
                zip.write(new byte[side * side * Float.BYTES]);
            }
        }
        return bytes.toByteArray();
    }

    private static ProcedureBundle bundle(byte[] bytes) {
        try (Tab memory = Purse.unbounded().open()) {
            return ProcedureBundle.decode(bytes, memory);
        }
    }

    private void toProcedure(String json) {
        ProcedureCodec.toProcedure(ProcedureCodec.readDocument(json.getBytes(StandardCharsets.UTF_8)), phantom.image(),
                phantom.labels());
    }
}
