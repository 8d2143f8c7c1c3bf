package org.regstream.service.dicomweb;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;

/** Finds a value by its place as {@link DicomJson} writes it: tags and items in turn, such as {@code 00640002/1/00640005/0/00640009}. */
final class BulkData {

    private BulkData() {}

    static Optional<byte[]> find(DicomObject dicom, String place) {
        return find(dicom, new ArrayDeque<>(Arrays.asList(place.split("/"))));
    }

    private static Optional<byte[]> find(DicomObject dicom, Deque<String> steps) {
        Optional<Element> found = element(dicom, steps.pollFirst());
        if (found.orElse(null) instanceof Element.Items sequence) {
            return item(sequence.items(), steps.pollFirst()).flatMap(item -> find(item, steps));
        }
        return found.filter(e -> steps.isEmpty() && e instanceof Element.Bytes).map(e -> ((Element.Bytes) e).value());
    }

    private static Optional<Element> element(DicomObject dicom, String tag) {
        if (tag == null || !tag.matches("[0-9A-Fa-f]{8}")) {
            return Optional.empty();
        }
        int code = Integer.parseUnsignedInt(tag, 16);
        return dicom.elements().stream().filter(e -> e.tag() == code).findFirst();
    }

    private static Optional<DicomObject> item(List<DicomObject> items, String number) {
        boolean isThere = number != null && number.matches("[0-9]{1,6}") && Integer.parseInt(number) < items.size();
        return isThere ? Optional.of(items.get(Integer.parseInt(number))) : Optional.empty();
    }
}
