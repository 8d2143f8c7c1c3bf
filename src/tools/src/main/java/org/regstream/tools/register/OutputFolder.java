package org.regstream.tools.register;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.regstream.core.pipeline.ReliabilityMap;
import org.regstream.core.transform.TransformText;
import org.regstream.core.volume.nifti.NiftiWriter;

/**
 * Where one registration's files go. What an earlier run left is removed first, and the report comes last: a folder with a
 * report holds the files of that report and no older ones.
 */
record OutputFolder(Path folder) {

    private static final String REPORT = "report.json";
    private static final String OUTLINE = "outline";
    /** Mutual information and predictive uncertainty were written by earlier versions. */
    private static final List<String> IMAGES = Stream.concat(
            Stream.of("labels", OUTLINE, "warped", "warped_labels", Findings.UNCERTAINTY,
                    "mutual_information", "predictive_uncertainty"),
            Arrays.stream(ReliabilityMap.values()).map(Findings::file)).map(OutputFolder::nifti).toList();
    private static final List<String> TRANSFORMS = List.of(TransformNames.FIELD, TransformNames.INVERSE,
            TransformNames.POSE, TransformNames.POSE_RAS);
    private static final List<String> INSTANCES = List.of("labels.dcm", "uncertainty.dcm", "displacement.dcm",
            "pose.dcm");
    private static final ObjectWriter JSON = JsonMapper.builder().defaultPropertyInclusion(JsonInclude.Value
            .construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS)).build()
            .writerWithDefaultPrettyPrinter();

    /** Whether {@link #prepare} would remove this file. */
    boolean wouldRemove(Path file) {
        String name = String.valueOf(file.getFileName());
        return (IMAGES.contains(name) || INSTANCES.contains(name) || TRANSFORMS.contains(name))
                && folder.toAbsolutePath().normalize().equals(file.toAbsolutePath().normalize().getParent());
    }

    /** Makes the folder and removes the files of an earlier run. */
    void prepare() {
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(REPORT));
            for (String image : IMAGES) {
                Files.deleteIfExists(folder.resolve(image));
            }
            for (String instance : INSTANCES) {
                Files.deleteIfExists(folder.resolve(instance));
            }
            for (String transform : TRANSFORMS) {
                Files.deleteIfExists(folder.resolve(transform));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder + ": " + e.getMessage(), e);
        }
    }

    void write(OfflineRegistration.Result result) {
        result.files().ifPresent(this::write);
        result.dicom().ifPresent(this::write);
        write(result.report());
    }

    private static String nifti(String name) {
        return name + ".nii.gz";
    }

    private void write(WarpedImages images) {
        NiftiWriter.write(images.labels(), folder.resolve(nifti("labels")));
        NiftiWriter.write(images.warped(), folder.resolve(nifti("warped")));
        NiftiWriter.write(images.warpedLabels(), folder.resolve(nifti("warped_labels")));
        write(images.transform());
        images.outline().ifPresent(outline -> NiftiWriter.write(outline, folder.resolve(nifti(OUTLINE))));
        images.maps().forEach((name, map) -> NiftiWriter.write(map, folder.resolve(nifti(name))));
    }

    private void write(WarpedImages.Transform transform) {
        NiftiWriter.write(transform.field(), folder.resolve(TransformNames.FIELD));
        NiftiWriter.write(transform.inverse().field(), folder.resolve(TransformNames.INVERSE));
        try {
            Files.writeString(folder.resolve(TransformNames.POSE), TransformText.itk(transform.pose()));
            Files.writeString(folder.resolve(TransformNames.POSE_RAS), TransformText.rasMatrix(transform.pose()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the pose to " + folder + ": " + e.getMessage(), e);
        }
    }

    private void write(DicomResults results) {
        try {
            Files.write(folder.resolve(INSTANCES.get(0)), results.labels());
            Files.write(folder.resolve(INSTANCES.get(1)), results.uncertainty());
            Files.write(folder.resolve(INSTANCES.get(2)), results.displacement());
            Files.write(folder.resolve(INSTANCES.get(3)), results.pose());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write DICOM instances to " + folder + ": " + e.getMessage(), e);
        }
    }

    private void write(RegistrationReport report) {
        Path part = folder.resolve("." + REPORT + ".part");
        try {
            Files.writeString(part, JSON.writeValueAsString(report) + "\n");
            Files.move(part, folder.resolve(REPORT), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(REPORT) + ": " + e.getMessage(), e);
        }
    }
}
