package org.regstream.service.dicomweb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.ReadLimits;

/**
 * QIDO-RS over what is kept: matching by identifiers, class and modality, exactly. Other keys are not matched. Thread-safe.
 */
final class ResultSearch {

    /** What a search gives an answer for each of. */
    enum Level {
        STUDY(StoredResult::study, Tag.STUDY_INSTANCE_UID, Tag.STUDY_DATE, Tag.STUDY_TIME, Tag.ACCESSION_NUMBER,
                Tag.REFERRING_PHYSICIAN_NAME, Tag.PATIENT_NAME, Tag.PATIENT_ID, Tag.PATIENT_BIRTH_DATE,
                Tag.PATIENT_SEX, Tag.STUDY_ID), SERIES(StoredResult::series, Tag.STUDY_INSTANCE_UID,
                        Tag.SERIES_INSTANCE_UID, Tag.MODALITY,
                        Tag.SERIES_NUMBER, Tag.SERIES_DESCRIPTION), INSTANCE(StoredResult::instance,
                                Tag.STUDY_INSTANCE_UID, Tag.SERIES_INSTANCE_UID, Tag.SOP_CLASS_UID,
                                Tag.SOP_INSTANCE_UID, Tag.MODALITY, Tag.INSTANCE_NUMBER, Tag.ROWS, Tag.COLUMNS,
                                Tag.BITS_ALLOCATED,
                                Tag.NUMBER_OF_FRAMES);

        private final Function<StoredResult, String> name;
        private final List<Tag> answered;

        Level(Function<StoredResult, String> name, Tag... answered) {
            this.name = name;
            this.answered = List.of(answered);
        }
    }

    private static final Map<String, Tag> KEYS = Map.of("StudyInstanceUID", Tag.STUDY_INSTANCE_UID, "0020000D",
            Tag.STUDY_INSTANCE_UID, "SeriesInstanceUID", Tag.SERIES_INSTANCE_UID, "0020000E", Tag.SERIES_INSTANCE_UID,
            "SOPInstanceUID", Tag.SOP_INSTANCE_UID, "00080018", Tag.SOP_INSTANCE_UID, "SOPClassUID", Tag.SOP_CLASS_UID,
            "Modality", Tag.MODALITY);

    private final DicomReader reader = new DicomReader(ReadLimits.DEFAULT);
    private final Level level;
    private final Map<String, String> wanted;

    /** @param wanted keyword or tag to value */
    ResultSearch(Level level, Map<String, String> wanted) {
        this.level = level;
        this.wanted = Map.copyOf(wanted);
    }

    /** @param root address of {@code /dicomweb}
     *  @return one answer for each study, series or instance with a match, the newest last */
    List<ObjectNode> answers(Collection<StoredResult> results, String root) {
        Map<String, ObjectNode> answers = new LinkedHashMap<>();
        for (StoredResult result : results) {
            DicomObject dicom = reader.read(result.part10());
            if (matches(dicom)) {
                answers.computeIfAbsent(level.name.apply(result), name -> answer(result, dicom, root));
            }
        }
        return List.copyOf(answers.values());
    }

    private boolean matches(DicomObject dicom) {
        return wanted.entrySet().stream().allMatch(entry -> Optional.ofNullable(KEYS.get(entry.getKey()))
                .map(tag -> dicom.optionalString(tag).filter(entry.getValue()::equals).isPresent()).orElse(true));
    }

    private ObjectNode answer(StoredResult result, DicomObject dicom, String root) {
        DicomObjectBuilder attributes = DicomObject.builder();
        level.answered.forEach(tag -> dicom.element(tag).ifPresent(attributes::put));
        return DicomJson.strings(DicomJson.of(attributes.build(), Optional.empty()), "00081190", "UR",
                root + address(result));
    }

    private String address(StoredResult result) {
        String series = "/studies/" + result.study() + "/series/" + result.series();
        return level == Level.STUDY ? "/studies/" + result.study() : level == Level.SERIES ? series : result.path();
    }
}
