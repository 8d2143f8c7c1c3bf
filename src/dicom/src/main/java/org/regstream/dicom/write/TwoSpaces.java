package org.regstream.dicom.write;

import java.util.ArrayList;
import java.util.List;
import org.regstream.dicom.Code;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.DicomObjectBuilder;
import org.regstream.dicom.Tag;

/**
 * What registrations share: an object in the live patient space that names the live images and the pre-operative ones.
 *
 * @param object       identity and live images
 * @param preoperative the other space
 * @param moving       its images, in the order of the standard's slices
 */
record TwoSpaces(DerivedObject object, PreoperativeSpace preoperative, List<DicomObject> moving) {

    /** @throws IllegalArgumentException if both images are in one frame of reference and nothing tells which images are to move */
    static TwoSpaces of(DerivedKind kind, PreoperativeSpace preoperative, List<DicomObject> sources, String phase,
            SegmentationAlgorithm algorithm) {
        TwoSpaces spaces = new TwoSpaces(DerivedObject.of(kind, sources, phase, algorithm), preoperative,
                SourceModules.ordered(preoperative.images()));
        if (spaces.moving.isEmpty() && preoperative.frameOfReferenceUid().equals(spaces.live())) {
            throw new IllegalArgumentException(
                    "live and pre-operative image share a frame of reference, so their images"
                            + " must be named; pass the headers of the pre-operative image");
        }
        return spaces;
    }

    /** @return a new builder with the attributes all registrations share */
    DicomObjectBuilder begin() {
        DicomObject first = object.sources().get(0);
        DicomObjectBuilder out = object.begin().copyOrEmpty(first, Tag.LATERALITY);
        List<DicomObject> all = new ArrayList<>(object.sources());
        all.addAll(moving);
        References.of(all).describe(out, first);
        return out;
    }

    /** @param frameOfReference where the kind of object has it
     *  @return a new builder that names live space and images */
    DicomObjectBuilder liveItem(Tag frameOfReference) {
        return item(frameOfReference, live(), object.sources());
    }

    /** As {@link #liveItem}, of the pre-operative side. */
    DicomObjectBuilder preoperativeItem(Tag frameOfReference) {
        return item(frameOfReference, preoperative.frameOfReferenceUid(), moving);
    }

    /** Puts what the alignment rests on. @return the same builder */
    static DicomObjectBuilder byImageContent(DicomObjectBuilder item) {
        return item.item(Tag.REGISTRATION_TYPE_CODE_SEQUENCE, Code.IMAGE_CONTENT_BASED_ALIGNMENT.toItem());
    }

    private String live() {
        return SourceModules.space(object.sources().get(0));
    }

    private static DicomObjectBuilder item(Tag frameOfReference, String space, List<DicomObject> images) {
        DicomObjectBuilder item = DicomObject.builder().text(frameOfReference, space);
        if (!images.isEmpty()) {
            item.items(Tag.REFERENCED_IMAGE_SEQUENCE, images.stream().map(References::item).toList());
        }
        return item;
    }
}
