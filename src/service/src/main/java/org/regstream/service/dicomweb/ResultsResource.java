package org.regstream.service.dicomweb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.DicomReader;
import org.regstream.dicom.read.ReadLimits;
import org.regstream.service.rest.ProblemException;

/** WADO-RS: the newest results out. What is older than the store keeps is gone here; the topics and the archive have it. */
@Path("/dicomweb")
@Tag(name = "dicomweb")
@Blocking
public class ResultsResource {

    private static final String DICOM = "application/dicom";
    private static final String BULK = "application/octet-stream";
    private static final String STUDY = "/studies/{study:[0-9.]{1,64}}";
    private static final String SERIES = STUDY + "/series/{series:[0-9.]{1,64}}";
    private static final String INSTANCE = SERIES + "/instances/{instance:[0-9.]{1,64}}";

    private final ResultStore store;
    private final DicomReader reader = new DicomReader(ReadLimits.DEFAULT);

    ResultsResource(ResultStore store) {
        this.store = store;
    }

    @GET
    @Path(STUDY)
    @Operation(summary = "Retrieve the results of a study (WADO-RS)")
    public Response study(@PathParam("study") String study, @Context HttpHeaders headers) {
        return retrieve(ofStudy(study), headers);
    }

    @GET
    @Path(SERIES)
    @Operation(summary = "Retrieve the results of a series (WADO-RS)")
    public Response series(@PathParam("study") String study, @PathParam("series") String series,
            @Context HttpHeaders headers) {
        return retrieve(ofSeries(study, series), headers);
    }

    @GET
    @Path(INSTANCE)
    @Operation(summary = "Retrieve a result (WADO-RS)")
    public Response instance(@PathParam("study") String study, @PathParam("series") String series,
            @PathParam("instance") String instance, @Context HttpHeaders headers) {
        return retrieve(ofInstance(study, series, instance), headers);
    }

    @GET
    @Path(STUDY + "/metadata")
    @Produces({DicomJson.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(summary = "Attributes of the results of a study")
    public Response studyMetadata(@PathParam("study") String study, @Context UriInfo uri) {
        return metadata(ofStudy(study), uri);
    }

    @GET
    @Path(SERIES + "/metadata")
    @Produces({DicomJson.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(summary = "Attributes of the results of a series")
    public Response seriesMetadata(@PathParam("study") String study, @PathParam("series") String series,
            @Context UriInfo uri) {
        return metadata(ofSeries(study, series), uri);
    }

    @GET
    @Path(INSTANCE + "/metadata")
    @Produces({DicomJson.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @Operation(summary = "Attributes of a result")
    public Response instanceMetadata(@PathParam("study") String study, @PathParam("series") String series,
            @PathParam("instance") String instance, @Context UriInfo uri) {
        return metadata(ofInstance(study, series, instance), uri);
    }

    @GET
    @Path(INSTANCE + "/bulkdata/{place:[0-9A-Fa-f/]{1,200}}")
    @Operation(summary = "A large value of a result, by the address in its metadata")
    public Response bulkData(@PathParam("study") String study, @PathParam("series") String series,
            @PathParam("instance") String instance, @PathParam("place") String place, @Context HttpHeaders headers) {
        DicomObject dicom = reader.read(kept(ofInstance(study, series, instance)).get(0).part10());
        byte[] value = BulkData.find(dicom, place).orElseThrow(() -> notFound("no such value in this result"));
        return send(List.of(value), BULK, headers);
    }

    private Response retrieve(Predicate<StoredResult> wanted, HttpHeaders headers) {
        return send(kept(wanted).stream().map(StoredResult::part10).toList(), DICOM, headers);
    }

    private static Response send(List<byte[]> objects, String type, HttpHeaders headers) {
        Optional<Accepted> form = Accepted.of(headers.getAcceptableMediaTypes(), type);
        if (form.isEmpty() || form.get() == Accepted.SINGLE && objects.size() > 1) {
            throw new ProblemException(406, "not-acceptable", "not in this form",
                    "expected multipart/related; type=\"" + type + "\" in explicit little endian (or " + type
                            + " for a single one) to be accepted");
        }
        if (form.get() == Accepted.SINGLE) {
            return Response.ok(objects.get(0), type).build();
        }
        MultipartWriter body = MultipartWriter.of(type, objects);
        return Response.ok(body, body.contentType()).build();
    }

    private Response metadata(Predicate<StoredResult> wanted, UriInfo uri) {
        String root = uri.getBaseUri() + "dicomweb";
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (StoredResult result : kept(wanted)) {
            all.add(DicomJson.of(reader.read(result.part10()), Optional.of(root + result.path() + "/bulkdata")));
        }
        return Response.ok(DicomJson.bytes(all), DicomJson.MEDIA_TYPE).build();
    }

    private List<StoredResult> kept(Predicate<StoredResult> wanted) {
        List<StoredResult> found = store.find(wanted);
        if (found.isEmpty()) {
            throw notFound("no result of this name is kept here: it may be too old, or another instance has it");
        }
        return found;
    }

    private static ProblemException notFound(String detail) {
        return new ProblemException(404, "not-found", "no such result", detail);
    }

    private static Predicate<StoredResult> ofStudy(String study) {
        return result -> result.study().equals(study);
    }

    private static Predicate<StoredResult> ofSeries(String study, String series) {
        return ofStudy(study).and(result -> result.series().equals(series));
    }

    private static Predicate<StoredResult> ofInstance(String study, String series, String instance) {
        return ofSeries(study, series).and(result -> result.instance().equals(instance));
    }
}
