package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.regstream.core.ModelException;
import org.regstream.core.model.ModelManifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/**
 * {@code manifest.json} as text: members in the order of {@link ModelManifest}, maps sorted by key, line feeds, so that
 * the same manifest is always the same bytes. Reading is strict: unknown, missing and repeated members are refused,
 * and so are manifests of older packages, whose networks took labels as input.
 */
public final class ManifestJson {

    /** Name inside the package folder. */
    public static final String FILE = "manifest.json";

    /** A manifest holds names and figures, a few KiB; anything larger is not one. */
    static final long MAX_BYTES = 1 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addModule(new Jdk8Module())
            .build();
    private static final ObjectReader READER = MAPPER.readerFor(ModelManifest.class);
    private static final ObjectWriter WRITER = MAPPER.writer(prettyPrinter());

    private ManifestJson() {}

    /**
     * @param file a manifest
     * @return what it says, valid by construction
     * @throws ModelException naming the file, the member and what was expected
     */
    public static ModelManifest read(Path file) {
        byte[] bytes = PackageFiles.read(file, MAX_BYTES);
        try {
            return READER.readValue(ofThisSchema(file, MAPPER.readTree(bytes)));
        } catch (JsonMappingException e) {
            throw refused(file, at(e) + rootMessage(e), e);
        } catch (JsonProcessingException e) {
            throw refused(file, "not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw refused(file, e.toString(), e);
        }
    }

    /** Said before anything else is looked at: the members of other schemas are not known here. */
    private static JsonNode ofThisSchema(Path file, JsonNode manifest) {
        int schema = manifest.path("schema").asInt(ModelManifest.SCHEMA);
        if (schema < ModelManifest.SCHEMA) {
            throw new ModelException(
                    file + " is of schema " + schema + ", whose networks take labels as input; this version"
                            + " needs schema " + ModelManifest.SCHEMA
                            + ", whose networks see images only: use a package of this"
                            + " version, train and export it again, or run the version of regstream that it came with");
        }
        return manifest;
    }

    /** Writes the manifest, replacing what is there. */
    public static void write(Path file, ModelManifest manifest) {
        try {
            Files.write(file, encode(manifest));
        } catch (IOException e) {
            throw new ModelException("cannot write " + file + ": " + e + "; free space or choose another folder", e);
        }
    }

    /** @return UTF-8 text that ends in a line feed */
    static byte[] encode(ModelManifest manifest) throws JsonProcessingException {
        byte[] json = WRITER.writeValueAsBytes(manifest);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    private static ModelException refused(Path file, String reason, Exception cause) {
        return new ModelException(file + " is not a manifest of schema " + ModelManifest.SCHEMA + ": " + reason
                + "; export the package again with this version, or restore the file", cause);
    }

    private static String at(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            path.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        }
        return path.isEmpty() ? "" : "at " + path + ": ";
    }

    /** The records' own sentence where a value broke their rule, else Jackson's first line. */
    private static String rootMessage(JsonMappingException e) {
        Throwable cause = e.getCause();
        String message = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
        return message.lines().findFirst().orElse("unreadable");
    }

    private static DefaultPrettyPrinter prettyPrinter() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    }
}
