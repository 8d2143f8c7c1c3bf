package org.regstream.service.dicomweb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.regstream.service.dicomweb.ResultSearch.Level;

/** QIDO-RS: which results are kept. */
@Path("/dicomweb")
@Tag(name = "dicomweb")
@APIResponse(responseCode = "200", description = "What is kept and matches", content = @Content(mediaType = DicomJson.MEDIA_TYPE))
@APIResponse(responseCode = "406", description = "Only other types than JSON are accepted")
@Produces({DicomJson.MEDIA_TYPE, MediaType.APPLICATION_JSON})
@Blocking
public class SearchResource {

    private static final String UID = ":[0-9.]{1,64}}";
    private static final int MOST = 1000;

    private final ResultStore store;

    SearchResource(ResultStore store) {
        this.store = store;
    }

    @GET
    @Path("/studies")
    @Operation(summary = "Studies with results (QIDO-RS)", description = "Keys: StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID, "
            + "SOPClassUID, Modality; limit, offset.")
    public Response studies(@Context UriInfo uri) {
        return search(Level.STUDY, Map.of(), uri);
    }

    @GET
    @Path("/series")
    @Operation(summary = "Series of results (QIDO-RS)")
    public Response series(@Context UriInfo uri) {
        return search(Level.SERIES, Map.of(), uri);
    }

    @GET
    @Path("/studies/{study" + UID + "/series")
    @Operation(summary = "Series of results of a study (QIDO-RS)")
    public Response series(@PathParam("study") String study, @Context UriInfo uri) {
        return search(Level.SERIES, Map.of("StudyInstanceUID", study), uri);
    }

    @GET
    @Path("/instances")
    @Operation(summary = "Results (QIDO-RS)")
    public Response instances(@Context UriInfo uri) {
        return search(Level.INSTANCE, Map.of(), uri);
    }

    @GET
    @Path("/studies/{study" + UID + "/instances")
    @Operation(summary = "Results of a study (QIDO-RS)")
    public Response instances(@PathParam("study") String study, @Context UriInfo uri) {
        return search(Level.INSTANCE, Map.of("StudyInstanceUID", study), uri);
    }

    @GET
    @Path("/studies/{study" + UID + "/series/{series" + UID + "/instances")
    @Operation(summary = "Results of a series (QIDO-RS)")
    public Response instances(@PathParam("study") String study, @PathParam("series") String series,
            @Context UriInfo uri) {
        return search(Level.INSTANCE, Map.of("StudyInstanceUID", study, "SeriesInstanceUID", series), uri);
    }

    private Response search(Level level, Map<String, String> place, UriInfo uri) {
        Map<String, String> wanted = new HashMap<>();
        uri.getQueryParameters().forEach((key, values) -> wanted.put(key, values.get(0)));
        wanted.putAll(place);
        List<ObjectNode> answers = new ResultSearch(level, wanted).answers(store.find(all -> true),
                uri.getBaseUri() + "dicomweb");
        int from = Math.min(number(wanted, "offset", 0), answers.size());
        int to = Math.min(from + Math.min(MOST, number(wanted, "limit", MOST)), answers.size());
        return Response.ok(DicomJson.bytes(JsonNodeFactory.instance.arrayNode().addAll(answers.subList(from, to))),
                DicomJson.MEDIA_TYPE).build();
    }

    private static int number(Map<String, String> wanted, String key, int otherwise) {
        String text = wanted.getOrDefault(key, "");
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : otherwise;
    }
}
