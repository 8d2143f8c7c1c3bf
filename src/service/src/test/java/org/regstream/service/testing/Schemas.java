package org.regstream.service.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The schemas that the service publishes. */
public final class Schemas {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private Schemas() {}

    /** @param name such as {@code alert.v1.json}
     *  @return what is wrong with the document, empty if nothing is */
    public static List<String> faults(String name, byte[] json) {
        return schema(name).validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON,
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)).stream()
                .map(ValidationMessage::getMessage).toList();
    }

    /** @return the schema itself, as text */
    public static String text(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream("/META-INF/resources/schemas/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema(String name) {
        return FACTORY.getSchema(text(name));
    }
}
