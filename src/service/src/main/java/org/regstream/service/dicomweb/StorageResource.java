package org.regstream.service.dicomweb;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.regstream.core.DecodeException;
import org.regstream.dicom.read.FrameReader;
import org.regstream.service.dicomweb.MultipartReader.TooLargeException;
import org.regstream.service.dicomweb.PunctualInput.TooSlowException;
import org.regstream.service.rest.Problem;
import org.regstream.service.rest.ProblemException;

/** STOW-RS: live images in, for Orthanc, modality gateways and whoever speaks it. */
@Path("/dicomweb")
@Tag(name = "dicomweb")
@APIResponse(responseCode = "200", description = "All are on the frames topic", content = @Content(mediaType = DicomJson.MEDIA_TYPE))
@APIResponse(responseCode = "202", description = "Some are; the report says which are not, and why", content = @Content(mediaType = DicomJson.MEDIA_TYPE))
@APIResponse(responseCode = "400", description = "Not a multipart body, or one without parts", content = @Content(mediaType = Problem.MEDIA_TYPE))
@APIResponse(responseCode = "408", description = "The body took too long", content = @Content(mediaType = Problem.MEDIA_TYPE))
@APIResponse(responseCode = "409", description = "None can be used; the report says why", content = @Content(mediaType = DicomJson.MEDIA_TYPE))
@APIResponse(responseCode = "413", description = "Too much in one request", content = @Content(mediaType = Problem.MEDIA_TYPE))
@APIResponse(responseCode = "415", description = "Not multipart/related of application/dicom", content = @Content(mediaType = Problem.MEDIA_TYPE))
@APIResponse(responseCode = "503", description = "The broker is away, or too many send: Retry-After says when", content = {
        @Content(mediaType = Problem.MEDIA_TYPE), @Content(mediaType = DicomJson.MEDIA_TYPE)})
@Blocking
public class StorageResource {

    private static final Logger LOG = Logger.getLogger(StorageResource.class);
    private static final String DICOM = "application/dicom";
    private static final int RETRY_SECONDS = 2;

    /** The standard allows 70 characters; Orthanc's have 73. */
    private static final Predicate<String> BOUNDARY = Pattern.compile("[ -~]{1,200}").asMatchPredicate();

    private final Storage storage;
    private final FramesTopic topic;
    private final StorageLimits limits;
    private final Semaphore turns;
    private final MeterRegistry metrics;
    private final Clock clock;

    StorageResource(FrameReader reader, FramesTopic topic, StorageLimits limits, MeterRegistry metrics, Clock clock) {
        this.storage = new Storage(new InstanceCheck(reader, clock), topic);
        this.topic = topic;
        this.limits = limits;
        this.turns = new Semaphore(limits.maxRequests());
        this.metrics = metrics;
        this.clock = clock;
    }

    @POST
    @Path("/studies")
    @Operation(summary = "Store instances (STOW-RS)", description = "multipart/related of application/dicom.")
    @RequestBody(required = true, content = @Content(mediaType = "multipart/related", schema = @Schema(type = SchemaType.STRING, format = "binary", description = "Parts of type application/dicom")))
    public Response store(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body)
            throws IOException {
        return store(contentType, body, Optional.empty());
    }

    @POST
    @Path("/studies/{study:[0-9.]{1,64}}")
    @Operation(summary = "Store instances of one study (STOW-RS)")
    @RequestBody(required = true, content = @Content(mediaType = "multipart/related", schema = @Schema(type = SchemaType.STRING, format = "binary", description = "Parts of type application/dicom")))
    public Response storeStudy(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @PathParam("study") String study, InputStream body) throws IOException {
        return store(contentType, body, Optional.of(study));
    }

    private Response store(String contentType, InputStream body, Optional<String> study) throws IOException {
        String boundary = boundary(contentType);
        if (!topic.isReachable()) {
            return busy("the message broker is away; nothing was stored, send again");
        }
        if (!turns.tryAcquire()) {
            return busy(limits.maxRequests() + " requests are being stored already; send again");
        }
        try {
            return respond(storage.store(new MultipartReader(limits.maxRequestBytes(), limits.maxInstanceBytes()),
                    new PunctualInput(body, clock, limits.requestTimeout()), boundary, study));
        } catch (DecodeException e) {
            throw refused(400, "bad-request", "not a multipart body", e);
        } catch (TooLargeException e) {
            throw refused(413, "too-large", "too much in one request", e);
        } catch (TooSlowException e) {
            throw refused(408, "too-slow", "too long for one request", e);
        } finally {
            turns.release();
        }
    }

    private static ProblemException refused(int status, String kind, String title, RuntimeException reason) {
        LOG.infof("STOW-RS request refused: %s", reason.getMessage());
        return new ProblemException(status, kind, title, reason.getMessage());
    }

    private Response respond(StoreReport report) {
        if (report.count() == 0) {
            throw new ProblemException(400, "bad-request", "no instance", "the body has no part; expected one or more");
        }
        count("stored", report.storedCount());
        report.reasons().forEach(
                (reason, number) -> count(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), number));
        Response.ResponseBuilder response = Response.status(report.status()).type(DicomJson.MEDIA_TYPE)
                .entity(report.toJson());
        return report.status() == 503
                ? response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).build()
                : response.build();
    }

    private void count(String outcome, int number) {
        metrics.counter("regstream.dicomweb.instances", "outcome", outcome).increment(number);
    }

    private Response busy(String detail) {
        return Response.fromResponse(
                new ProblemException(503, "unavailable", "instances cannot be stored now", detail).toResponse())
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).build();
    }

    private static String boundary(String contentType) {
        MediaType type = mediaType(contentType);
        Map<String, String> parameters = type.getParameters();
        String of = parameters.getOrDefault("type", DICOM);
        if (!type.getType().equalsIgnoreCase("multipart") || !type.getSubtype().equalsIgnoreCase("related")
                || !of.equalsIgnoreCase(DICOM)) {
            throw new ProblemException(415, "unsupported-media-type", "not a type that is stored",
                    "expected multipart/related; type=\"application/dicom\"; boundary=…, got another type");
        }
        return Optional.ofNullable(parameters.get("boundary")).filter(BOUNDARY)
                .orElseThrow(() -> new ProblemException(400, "bad-request", "no boundary",
                        "the Content-Type must name a boundary of 1 to 200 printable characters"));
    }

    private static MediaType mediaType(String contentType) {
        try {
            return MediaType.valueOf(Optional.ofNullable(contentType).orElse(MediaType.APPLICATION_OCTET_STREAM));
        } catch (IllegalArgumentException e) {
            return MediaType.APPLICATION_OCTET_STREAM_TYPE;
        }
    }
}
