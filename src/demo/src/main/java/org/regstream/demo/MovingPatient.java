package org.regstream.demo;

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
    private final Unrest unrest;
    private final double noise;
    private final long seed;
    private final SyntheticSeries series;

    /** @param noise standard deviation as a share of the highest intensity */
    MovingPatient(Patient patient, BreathingMotion motion, Unrest unrest, double noise, long seed) {
        this.patient = patient;
        this.motion = motion;
        this.unrest = unrest;
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
        boolean isRestless = unrest.holds(number);
        DisplacementField u = isRestless ? unrest.slid(motion.at(number)) : motion.at(number);
        Volume still = Warp.linear(patient.image(), u, 0);
        Volume image = RicianNoise.add(isRestless ? unrest.ghosted(still) : still, noise, seed + number);
        LabelMap truth = Warp.nearest(patient.labels(), u);
        return series.write(number, image, Optional.of(truth), acquiredAt);
    }
}
