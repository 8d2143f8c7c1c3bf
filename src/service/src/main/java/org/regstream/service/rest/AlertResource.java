package org.regstream.service.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.regstream.core.alert.Alert;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.model.RegistrationModel;
import org.regstream.service.access.Admission;
import org.regstream.service.line.ProcedureLine;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.wire.AlertEvent;

/** Alerts of a procedure that are not over: listed, acknowledged. Documents are those of the alerts' topic. */
@Path("/procedures/{procedure}/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "alerts")
@Blocking
public class AlertResource {

    private static final int MAX_BODY_BYTES = 4096;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ObjectReader REQUEST = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().readerFor(AcknowledgementRequest.class);

    private final ProcedureDesk desk;
    private final ModelManifest manifest;
    private final SecurityIdentity somebody;

    AlertResource(ProcedureDesk desk, RegistrationModel model, SecurityIdentity somebody) {
        this.desk = desk;
        this.manifest = model.manifest();
        this.somebody = somebody;
    }

    @GET
    @Operation(summary = "Alerts that are not over, in the order they began")
    public List<AlertEvent> open(@PathParam("procedure") String procedure) {
        return line(procedure).openAlerts().stream().map(this::document).toList();
    }

    @POST
    @Path("/{alertId}/acknowledge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take note of an alert", description = "It asks for attention again when the minutes are over and its condition "
            + "still holds, or when it becomes more urgent. One whose condition is over is closed. Whoever is logged in is named by that "
            + "name, and 'by' is for services that ask nobody.")
    public AlertEvent acknowledge(@PathParam("procedure") String procedure, @PathParam("alertId") String alertId,
            @RequestBody(content = @Content(schema = @Schema(implementation = AcknowledgementRequest.class))) InputStream body) {
        AcknowledgementRequest request = read(body);
        String by = Admission.name(somebody).orElse(request.by());
        return acknowledge(line(procedure), alertId, by, request.minutes()).map(this::document)
                .orElseThrow(() -> ProblemException.noAlert(alertId));
    }

    private static Optional<Alert> acknowledge(ProcedureLine line, String alertId, String by, int minutes) {
        try {
            return line.acknowledge(alertId, by, Duration.ofMinutes(minutes)).toCompletableFuture()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(e.getMessage());
        } catch (ExecutionException e) {
            throw ProblemException.unavailable(e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw ProblemException.unavailable("the acknowledgement holds here, but the broker has not taken it in "
                    + LIMIT.toSeconds() + " s; displays learn of it when it does");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("interrupted while the broker was to take the acknowledgement");
        }
    }

    private static AcknowledgementRequest read(InputStream body) {
        try {
            byte[] json = body.readNBytes(MAX_BODY_BYTES + 1);
            if (json.length > MAX_BODY_BYTES) {
                throw ProblemException.badRequest("an acknowledgement takes at most " + MAX_BODY_BYTES + " bytes");
            }
            AcknowledgementRequest request = REQUEST.readValue(json);
            if (request == null) {
                throw ProblemException.badRequest("expected {\"by\": \"…\", \"minutes\": n}, got null");
            }
            return request;
        } catch (IOException e) {
            throw ProblemException.badRequest("expected {\"by\": \"…\", \"minutes\": n}, got something else");
        }
    }

    private AlertEvent document(Alert alert) {
        return AlertEvent.of(alert, manifest);
    }

    private ProcedureLine line(String procedure) {
        return desk.line(procedure).orElseThrow(() -> ProblemException.notFound(procedure));
    }
}
