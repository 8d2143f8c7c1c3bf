package org.regstream.service.demo;

import java.time.Instant;
import java.util.Optional;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.warp.Warp;

/** The patient breathing in a noisy scanner, with the truth known: each volume is deformed by another smooth field. */
final class MovingPatient implements LiveSource {

    private final Patient patient;
    private final BreathingMotion motion;
    private final double noise;
    private final long seed;
    private final SyntheticSeries series;

    /** @param noise standard deviation as a share of the highest intensity */
    MovingPatient(Patient patient, BreathingMotion motion, double noise, long seed) {
        this.patient = patient;
        this.motion = motion;
        this.noise = noise;
        this.seed = seed;
        this.series = SyntheticSeries.create();
    }

    @Override
    public String studyInstanceUid() {
        return series.studyInstanceUid();
    }

    @Override
    public Grid grid() {
        return patient.image().grid();
    }

    @Override
    public LiveVolume volume(int number, Instant acquiredAt) {
        DisplacementField u = motion.at(number);
        Volume image = RicianNoise.add(Warp.linear(patient.image(), u, 0), noise, seed + number);
        LabelMap truth = Warp.nearest(patient.labels(), u);
        return series.write(number, image, Optional.of(truth), acquiredAt);
    }
}
