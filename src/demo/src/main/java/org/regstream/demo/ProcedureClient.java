package org.regstream.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.regstream.core.RegstreamException;
import org.regstream.core.volume.nifti.NiftiWriter;

/** Creates procedures by REST, as any other program does. */
final class ProcedureClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int CREATED = 201;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI service;

    ProcedureClient(URI service) {
        this.service = service;
    }

    /**
     * The patient's image and labels laid middle on middle over every live volume of a study.
     *
     * @throws RegstreamException if the service does not take it; the message holds its answer
     */
    void create(String id, Patient patient, String liveStudyInstanceUid) {
        String boundary = "regstream-" + UUID.randomUUID();
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/procedures")).timeout(TIMEOUT)
                .header("content-type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(boundary, id, patient, liveStudyInstanceUid)))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != CREATED) {
                throw new RegstreamException("the service did not create procedure " + id + ", it answers "
                        + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new RegstreamException("the service did not create procedure " + id + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegstreamException("interrupted while creating procedure " + id, e);
        }
    }

    private static byte[] body(String boundary, String id, Patient patient, String study) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        head(body, boundary, "name=\"procedure\"");
        body.writeBytes(document(id, study));
        head(body, boundary, "name=\"preoperative\"; filename=\"preoperative.nii\"");
        NiftiWriter.write(patient.image(), body);
        head(body, boundary, "name=\"labels\"; filename=\"labels.nii\"");
        NiftiWriter.write(patient.labels(), body);
        text(body, "\r\n--" + boundary + "--\r\n");
        return body.toByteArray();
    }

    private static void head(ByteArrayOutputStream body, String boundary, String disposition) {
        text(body, "\r\n--" + boundary + "\r\ncontent-disposition: form-data; " + disposition + "\r\n\r\n");
    }

    private static byte[] document(String id, String study) {
        try {
            return JSON.writeValueAsBytes(Map.of("schema", 1, "id", id, "alignment", "CENTRES", "live",
                    Map.of("studyInstanceUid", study)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts can be written as JSON", e);
        }
    }

    private static void text(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
