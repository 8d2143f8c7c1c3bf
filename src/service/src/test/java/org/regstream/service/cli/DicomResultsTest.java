package org.regstream.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.model.ModelGrid;
import org.regstream.core.pipeline.Registered;
import org.regstream.core.pipeline.RegistrationPipeline;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Reference;
import org.regstream.core.testkit.FakeModel;
import org.regstream.core.warp.Resample;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.ReadLimits;
import org.regstream.dicom.read.SegmentationReader;
import org.regstream.dicom.write.SegmentationType;
import org.regstream.service.testing.Moved;
import org.regstream.service.testing.Phantom;

class DicomResultsTest {
    private static final DicomReader READER = new DicomReader(ReadLimits.DEFAULT);
    private static final Vector3 MOVED = new Vector3(40, -7, 3);

    private final FakeModel model = FakeModel.shifting(new ModelGrid(16, 16, 16, 1, "LPS"), 1, 0, -2);
    private final Phantom phantom = new Phantom(20, 22, 24, model.manifest().structures());
    private final DicomOrigin fixed = new DicomOrigin(Phantom.STUDY, Optional.of(Phantom.SPACE), "t1",
            phantom.series("2.25.1", 1, Instant.EPOCH).stream().map(READER::read).map(DicomObject::withoutPixelData)
                    .toList());
    private final Reference reference = reference();
    private final Registered registered = (Registered) new RegistrationPipeline(model).register(reference,
            Moved.by(phantom.image(), 1, 0, -2));

    /** The same patient in another space. */
    private Reference reference() {
        Grid there = new Grid(20, 22, 24, phantom.image().grid().affine().translated(MOVED));
        return new Reference(phantom.image().withGrid(there), phantom.labels().withGrid(there),
                model.manifest().structures(), Alignment.CENTRES, Optional.empty(), Optional.empty());
    }

    @Test
    void shouldHoldTheLabels() {
        DicomObject labels = READER.read(results().labels());

        assertThat(SegmentationReader.read(labels, phantom.image().grid()).labels().labels())
                .isEqualTo(registered.labels().labels());
    }

    /** Zero entropy would read as certain where the network has not looked. */
    @Test
    void shouldClaimNoCertaintyOutsideTheWindow() {
        float[] map = floats(READER.read(results().uncertainty()), Tag.FLOAT_PIXEL_DATA);

        float[] entropy = registered.labelEntropy().values();
        boolean[] inside = Resample.inside(registered.placement().fixedWindow(), phantom.image().grid());
        assertThat(inside).contains(true).contains(false);
        for (int x = 0; x < map.length; x++) {
            assertThat(map[x]).isEqualTo(inside[x] ? entropy[x] : -1);
        }
    }

    /** A shift of (1, 0, -2) voxels of 1 mm along (k, j, i) is (-2, 0, 1) mm in LPS; then on to the other space. */
    @Test
    void shouldLeadToThePreoperativeSpace() {
        DicomObject item = READER.read(results().displacement()).sequence(Tag.DEFORMABLE_REGISTRATION_SEQUENCE).get(1);

        DicomObject grid = item.item(Tag.DEFORMABLE_REGISTRATION_GRID_SEQUENCE).orElseThrow();
        assertThat(grid.numbers(Tag.GRID_DIMENSIONS, 3)).containsExactly(16, 16, 16);
        assertThat(floats(grid, Tag.VECTOR_GRID_DATA)).startsWith(-2, 0, 1);
        assertThat(item.item(Tag.POST_DEFORMATION_MATRIX_REGISTRATION_SEQUENCE).orElseThrow()
                .numbers(Tag.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX, 16)).containsExactly(
                        new double[]{1, 0, 0, MOVED.x(), 0, 1, 0, MOVED.y(), 0, 0, 1, MOVED.z(), 0, 0, 0, 1},
                        Offset.offset(1e-9));
        assertThat(item.string(Tag.SOURCE_FRAME_OF_REFERENCE_UID)).startsWith("2.25.").isNotEqualTo(Phantom.SPACE);
    }

    @Test
    void shouldGiveTheSameBytesForTheSameFilesAndOthersForOthers() {
        assertThat(results().uncertainty()).isEqualTo(results().uncertainty());

        Reference oneStructure = new Reference(reference.image(), reference.labels(),
                List.of(reference.structures().get(0)), Alignment.CENTRES, Optional.empty(), Optional.empty());
        assertThat(ReferenceDigest.of(oneStructure)).isNotEqualTo(ReferenceDigest.of(reference));
        Reference elsewhere = new Reference(phantom.image(), phantom.labels(), reference.structures(),
                Alignment.CENTRES, Optional.empty(), Optional.empty());
        assertThat(ReferenceDigest.of(elsewhere)).isNotEqualTo(ReferenceDigest.of(reference));
    }

    private DicomResults results() {
        return DicomResults.of(Findings.of(registered, model.manifest()), fixed, Optional.empty(), reference,
                model.manifest(), SegmentationType.BINARY);
    }

    private static float[] floats(DicomObject dicom, Tag tag) {
        byte[] bytes = ((Element.Bytes) dicom.element(tag).orElseThrow()).value();
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
