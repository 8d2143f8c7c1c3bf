package org.regstream.core.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;

class FrameTest {

    private static final Instant SENT = SliceSeries.START.minusSeconds(249);

    @Test
    void shouldRefuseIdentifiersLongerThanDicomAllows() {
        String tooLong = "1".repeat(65);
        assertThatThrownBy(() -> SliceSeries.axial().withSeries(tooLong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SliceSeries.axial().withPhase(tooLong)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SliceSeries.axial().withStudy(tooLong).frame(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SliceSeries.axial().withFrameOfReference(tooLong).frame(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SliceSeries.renamed(SliceSeries.axial().frame(0), tooLong))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 to 64 characters, got 65");
    }

    @Test
    void shouldRefuseFrameWithoutSlices() {
        assertThatThrownBy(() -> frame(List.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one slice");
    }

    @Test
    void shouldRefuseSliceThatIsAStack() {
        Grid stack = new Grid(2, 3, 4, Affine.axisAligned(new Vector3(0, 0, 0), 1, 1, 1));
        assertThatThrownBy(() -> frame(List.of(Volume.takeOwnershipOf(stack, new float[24]))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[1, H, W], got [2, 3, 4]");
    }

    private static Frame frame(List<Volume> slices) {
        return new Frame("2.25.4", "2.25.1", "2.25.2", Marks.NONE, "2.25.3", SliceSeries.START, 0, slices);
    }

    /** How old an image is does not depend on when it is read. */
    @Test
    void shouldNotTakeAnImageForYoungerThanItsRecord() {
        Frame ahead = SliceSeries.axial().frame(0);

        assertThat(ahead.acquiredNotAfter(SENT).acquiredAt()).isEqualTo(SENT);
        assertThat(ahead.acquiredNotAfter(SENT).slices()).isEqualTo(ahead.slices());
    }

    @Test
    void shouldKeepATimeBeforeThatOfItsRecord() {
        Frame frame = SliceSeries.axial().frame(0);

        assertThat(frame.acquiredNotAfter(frame.acquiredAt().plusSeconds(1))).isSameAs(frame);
    }
}
