package org.regstream.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regstream.core.model.Structure;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.nifti.NiftiReader;

/**
 * Who lies in the scanner.
 *
 * @param patient the pre-operative side
 * @param live    what the scanner sees
 */
record Scene(Patient patient, LiveSource live) {

    /** Files of a folder with a NIfTI pair; the last may be missing. */
    static final String PREOPERATIVE = "preoperative.nii.gz";
    static final String PREOPERATIVE_LABELS = "preoperative-labels.nii.gz";
    static final String LIVE = "live.nii.gz";
    static final String LIVE_LABELS = "live-labels.nii.gz";

    /** The model's template, breathing.
     *  @param unrest when it does not lie still besides
     *  @param noise standard deviation as a share of the highest intensity */
    static Scene breathing(Path model, List<Structure> structures, double amplitudeMm, Unrest unrest, double noise,
            long seed) {
        Patient patient = template(model, structures);
        BreathingMotion motion = new BreathingMotion(patient.image().grid(), amplitudeMm, seed);
        return new Scene(patient, new MovingPatient(patient, motion, unrest, noise, seed));
    }

    /** A folder with a NIfTI pair, or with one DICOM series, to which the model's template is the pre-operative image. */
    static Scene recorded(Path data, Path model, List<Structure> structures) {
        return Files.isRegularFile(data.resolve(LIVE))
                ? pair(data, structures)
                : new Scene(template(model, structures), new RecordedSeries(new DicomFolder(data)));
    }

    private static Scene pair(Path data, List<Structure> structures) {
        Path labels = data.resolve(LIVE_LABELS);
        Optional<LabelMap> truth = Files.isRegularFile(labels)
                ? Optional.of(NiftiReader.readLabels(labels))
                : Optional.empty();
        return new Scene(Patient.read(data.resolve(PREOPERATIVE), data.resolve(PREOPERATIVE_LABELS), structures),
                new StillImage(NiftiReader.readVolume(data.resolve(LIVE)), truth));
    }

    private static Patient template(Path model, List<Structure> structures) {
        return Patient.template(model.resolve("template"), structures);
    }
}
