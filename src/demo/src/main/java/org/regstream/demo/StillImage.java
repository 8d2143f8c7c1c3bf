package org.regstream.demo;

import java.time.Instant;
import java.util.Optional;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/** One image, sent again and again as successive volumes. */
final class StillImage implements LiveSource {

    private final Volume image;
    private final Optional<LabelMap> truth;
    private final SyntheticSeries series = SyntheticSeries.create();

    StillImage(Volume image, Optional<LabelMap> truth) {
        this.image = image;
        this.truth = truth;
    }

    @Override
    public String studyInstanceUid() {
        return series.studyInstanceUid();
    }

    @Override
    public Grid grid() {
        return image.grid();
    }

    @Override
    public LiveVolume volume(int number, Instant acquiredAt) {
        return series.write(number, image, truth, acquiredAt);
    }
}
