package org.regstream.demo.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.OneVolume;
import org.regstream.core.volume.Volume;
import org.regstream.demo.report.Operation.Labelled;
import org.regstream.demo.topic.Records;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Tag;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.Segmentation;
import org.regstream.dicom.read.SegmentationReader;

/** Finds labels on their topic, and the images they belong to on that of the frames. For one thread. */
final class Exhibits {

    private final TopicScan topics;
    private final String labelsTopic;
    private final String framesTopic;
    private final FrameReader reader = FrameReader.withDefaults();

    Exhibits(TopicScan topics, String labelsTopic, String framesTopic) {
        this.topics = topics;
        this.labelsTopic = labelsTopic;
        this.framesTopic = framesTopic;
    }

    /** @return the worst and the last, once if they are the same */
    List<Exhibit> of(Operation operation) {
        Optional<Labelled> worst = operation.worst();
        Optional<Labelled> last = operation.last();
        Map<String, byte[]> objects = objects(operation.id(), worst, last);
        List<Exhibit> exhibits = new ArrayList<>();
        boolean isOne = worst.isPresent() && worst.equals(last);
        worst.ifPresent(result -> exhibits.add(exhibit(isOne ? "The last result, and the worst" : "The worst result",
                result, objects)));
        last.filter(result -> !isOne)
                .ifPresent(result -> exhibits.add(exhibit("The last result", result, objects)));
        return exhibits;
    }

    @SafeVarargs
    private Map<String, byte[]> objects(String procedureId, Optional<Labelled>... wanted) {
        Set<String> ids = new HashSet<>();
        for (Optional<Labelled> result : wanted) {
            result.ifPresent(r -> ids.add(r.eventId()));
        }
        Map<String, byte[]> objects = new HashMap<>();
        topics.read(labelsTopic, procedureId, record -> {
            String id = Records.header(record, "ce_id");
            if (ids.contains(id) && record.value() != null) {
                objects.putIfAbsent(id, record.value());
            }
        });
        return objects;
    }

    private Exhibit exhibit(String title, Labelled result, Map<String, byte[]> objects) {
        byte[] object = objects.get(result.eventId());
        if (object == null) {
            return new Exhibit(title, result, Optional.empty(), "Its labels went out by reference.", "");
        }
        String patient = "";
        try {
            DicomObject labels = reader.readObject(object);
            patient = labels.optionalString(Tag.PATIENT_NAME).orElse("") + " "
                    + labels.optionalString(Tag.PATIENT_ID).orElse("");
            Volume image = image(labels);
            Segmentation segmentation = SegmentationReader.read(labels, image.grid());
            return new Exhibit(title, result,
                    Optional.of(Picture.of(image, segmentation.labels(), segmentation.structures())), "", patient);
        } catch (DecodeException e) {
            return new Exhibit(title, result, Optional.empty(), "It cannot be drawn: " + e.getMessage(), patient);
        }
    }

    /** @throws DecodeException if the frames are not on the topic any more, or make no volume */
    private Volume image(DicomObject labels) {
        DicomObject series = labels.item(Tag.REFERENCED_SERIES_SEQUENCE)
                .orElseThrow(() -> new DecodeException("its labels name no images"));
        Set<String> wanted = series.sequence(Tag.REFERENCED_INSTANCE_SEQUENCE).stream()
                .map(instance -> instance.string(Tag.REFERENCED_SOP_INSTANCE_UID)).collect(Collectors.toSet());
        Map<String, DicomObject> found = new HashMap<>();
        topics.read(framesTopic, series.string(Tag.SERIES_INSTANCE_UID), record -> {
            DicomObject instance = reader.readObject(record.value());
            if (wanted.contains(instance.string(Tag.SOP_INSTANCE_UID))) {
                found.put(instance.string(Tag.SOP_INSTANCE_UID), instance);
            }
        });
        if (found.size() < wanted.size()) {
            throw new DecodeException(found.size() + " of its " + wanted.size() + " images are still on the topic "
                    + framesTopic);
        }
        List<Frame> frames = found.values().stream().flatMap(i -> reader.frames(i, Instant.EPOCH).stream()).toList();
        return OneVolume.of(frames).volume();
    }
}
