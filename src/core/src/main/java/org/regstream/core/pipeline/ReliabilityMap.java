package org.regstream.core.pipeline;

import java.util.Locale;
import org.regstream.core.volume.Volume;

/** The maps that go with labels; {@link #UNCERTAINTY} is the one to look at. */
public enum ReliabilityMap {

    /** Of the carried soft labels, nats. */
    LABEL_ENTROPY("nat") {
        @Override
        public Volume of(UncertaintyMaps maps) {
            return maps.labelEntropy();
        }
    },

    /** Expected length of the displacement's error, mm. */
    EXPECTED_ERROR("mm") {
        @Override
        public Volume of(UncertaintyMaps maps) {
            return maps.expectedErrorMm();
        }
    },

    /** Spread of the members, mm; 0 of a single network. For research: it does not rank label errors. */
    DISPLACEMENT_SPREAD("mm") {
        @Override
        public Volume of(UncertaintyMaps maps) {
            return maps.displacementSpreadMm();
        }
    };

    /** What displays, navigation systems and files call the uncertainty: the map that ranks errors near the structures best
     *  (decision 0021; {@code calibrate} prints the AUSE of each). */
    public static final ReliabilityMap UNCERTAINTY = LABEL_ENTROPY;

    private final String unit;

    ReliabilityMap(String unit) {
        this.unit = unit;
    }

    /** @return on the grid of the maps; NaN where nothing was computed */
    public abstract Volume of(UncertaintyMaps maps);

    /** @return on the live grid; NaN where nothing was computed */
    public final Volume onLive(Overlay overlay) {
        return overlay.box().paste(of(overlay.maps().get()));
    }

    /** Of its values: UCUM, or nat. */
    public String unit() {
        return unit;
    }

    /** Lower-case words joined by hyphens: {@code label-entropy}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
