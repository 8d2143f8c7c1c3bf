package org.regstream.service.dicomweb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.Element;
import org.regstream.dicom.Tag;
import org.regstream.dicom.Vr;

/**
 * Data sets in the DICOM JSON model (PS3.18 annex F). What is large and binary is named by its address, if it has one, else left
 * without a value. The file meta group is left out.
 */
final class DicomJson {

    static final String MEDIA_TYPE = "application/dicom+json";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Vr> NUMBERS = EnumSet.of(Vr.DS, Vr.IS, Vr.FD, Vr.FL, Vr.SL, Vr.SS, Vr.UL, Vr.US);
    private static final Set<Vr> BINARY = EnumSet.of(Vr.OB, Vr.OD, Vr.OF, Vr.OL, Vr.OV, Vr.OW, Vr.UN, Vr.SV, Vr.UV);

    /** Binary values up to this go into the document itself. */
    private static final int MAX_INLINE = 1024;

    private DicomJson() {}

    /** @param bulkAddress what the addresses of large values begin with; they end in their place, such as {@code /7FE00010} */
    static ObjectNode of(DicomObject dicom, Optional<String> bulkAddress) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (Element element : dicom.elements()) {
            if (element.tag() >>> 16 != 0x0002) {
                put(out, dicom, element, bulkAddress.map(a -> a + "/" + name(element.tag())));
            }
        }
        return out;
    }

    private static void put(ObjectNode out, DicomObject dicom, Element element, Optional<String> address) {
        ObjectNode attribute = out.putObject(name(element.tag())).put("vr", element.vr().name());
        if (element instanceof Element.Items sequence) {
            putItems(attribute, sequence.items(), address);
        } else if (element instanceof Element.Bytes bytes && bytes.value().length > 0) {
            putValue(attribute, dicom, bytes, address);
        }
    }

    private static void putItems(ObjectNode attribute, List<DicomObject> items, Optional<String> address) {
        ArrayNode values = attribute.putArray("Value");
        for (int i = 0; i < items.size(); i++) {
            int item = i;
            values.add(of(items.get(i), address.map(a -> a + "/" + item)));
        }
    }

    private static void putValue(ObjectNode attribute, DicomObject dicom, Element.Bytes element,
            Optional<String> address) {
        Optional<Tag> tag = Tag.of(element.tag()).filter(known -> !BINARY.contains(element.vr()));
        if (tag.isEmpty()) {
            putBinary(attribute, element.value(), address);
        } else if (element.vr() == Vr.AT) {
            putPointers(attribute.putArray("Value"), element.value());
        } else if (NUMBERS.contains(element.vr())) {
            putNumbers(attribute.putArray("Value"), dicom.numbers(tag.get()));
        } else {
            putTexts(attribute.putArray("Value"), element.vr(), dicom.strings(tag.get()));
        }
    }

    private static void putBinary(ObjectNode attribute, byte[] value, Optional<String> address) {
        if (value.length <= MAX_INLINE) {
            attribute.put("InlineBinary", Base64.getEncoder().encodeToString(value));
        } else {
            address.ifPresent(a -> attribute.put("BulkDataURI", a));
        }
    }

    private static void putPointers(ArrayNode values, byte[] little) {
        for (int at = 0; at + 4 <= little.length; at += 4) {
            values.add(String.format("%02X%02X%02X%02X", little[at + 1], little[at], little[at + 3], little[at + 2]));
        }
    }

    private static void putNumbers(ArrayNode values, double[] numbers) {
        for (double number : numbers) {
            if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
                values.add((long) number);
            } else {
                values.add(number);
            }
        }
    }

    private static void putTexts(ArrayNode values, Vr vr, List<String> texts) {
        for (String text : texts) {
            if (text.isEmpty()) {
                values.addNull();
            } else if (vr == Vr.PN) {
                values.addObject().put("Alphabetic", text);
            } else {
                values.add(text);
            }
        }
    }

    private static String name(int tag) {
        return String.format("%08X", tag);
    }

    /** Adds an attribute of text; without a value if there are no texts. */
    static ObjectNode strings(ObjectNode out, String tag, String vr, String... texts) {
        ObjectNode attribute = out.putObject(tag).put("vr", vr);
        if (texts.length > 0) {
            ArrayNode values = attribute.putArray("Value");
            List.of(texts).forEach(values::add);
        }
        return out;
    }

    /** Adds an attribute of whole numbers. */
    static ObjectNode numbers(ObjectNode out, String tag, String vr, int... numbers) {
        ArrayNode values = out.putObject(tag).put("vr", vr).putArray("Value");
        for (int number : numbers) {
            values.add(number);
        }
        return out;
    }

    /** Adds a sequence. */
    static void sequence(ObjectNode out, String tag, List<ObjectNode> items) {
        out.putObject(tag).put("vr", "SQ").putArray("Value").addAll(items);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }
}
