package org.regstream.service.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.regstream.core.RegstreamException;
import org.regstream.core.memory.OverdrawnException;
import org.regstream.core.memory.Purse;
import org.regstream.core.memory.Tab;
import org.regstream.core.model.RegistrationModel;
import org.regstream.core.procedure.Procedure;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.PatientMark;
import org.regstream.service.config.RegstreamSettings;
import org.regstream.service.line.KnownProcedure;
import org.regstream.service.line.Memory;
import org.regstream.service.procedure.ProcedureDesk;
import org.regstream.service.procedure.ProcedureStore;
import org.regstream.wire.PatientCheck;
import org.regstream.wire.ProcedureCodec;
import org.regstream.wire.ProcedureDocument;

/** Procedures: created, listed, ended. A change is answered once the topic has it and this instance has read it back. */
@Path("/procedures")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "procedures")
@Blocking
public class ProcedureResource {

    private final ProcedureDesk desk;
    private final ProcedureStore store;
    private final Purse uploads;
    private final ProcedureMaker maker;
    private final long maxBundleBytes;

    ProcedureResource(ProcedureDesk desk, ProcedureStore store, RegistrationModel model,
            RegstreamSettings settings, Memory memory) {
        this.desk = desk;
        this.store = store;
        this.uploads = memory.uploads();
        this.maker = new ProcedureMaker(new UploadReader(FrameReader.within(uploads.limit())), model.manifest(),
                settings.procedures().ageBudget());
        this.maxBundleBytes = settings.publishing().maxValueBytes().asLongValue();
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Create a procedure", description = "Parts: procedure (JSON), preoperative (NIfTI, DICOM files or a "
            + "ZIP of DICOM files), labels (NIfTI label map or DICOM Segmentation). Any structures are taken; labelSource of the "
            + "procedure says whether the labels that go out are the given ones, carried (default), or refined: put "
            + "together with the network's outlines where it knows them.")
    public Response create(@RestForm("procedure") String procedure,
            @RestForm("preoperative") List<FileUpload> preoperative, @RestForm("labels") List<FileUpload> labels) {
        requireParts(procedure, preoperative, labels);
        byte[] bundle;
        MadeProcedure sent;
        try (Tab work = uploads.open()) {
            sent = make(procedure, preoperative, labels, work);
            bundle = bundle(sent, work);
        } catch (OverdrawnException e) {
            throw ProblemException.overdrawn(e);
        }
        await(store.put(sent.procedure().id(), bundle));
        requireTakenIn(sent.procedure());
        return Response.created(URI.create("/procedures/" + sent.procedure().id()))
                .entity(ProcedureSummary.of(sent.procedure(), sent.notices()))
                .build();
    }

    /** Packed it may take as much as it does unpacked, and a copy of that. */
    private byte[] bundle(MadeProcedure sent, Tab work) {
        Procedure made = sent.procedure();
        if (desk.line(made.id()).isPresent()) {
            throw ProblemException.exists(made.id());
        }
        work.take(2 * ProcedureCodec.unpackedBytes(made));
        byte[] bundle = ProcedureCodec.encode(made, sent.side(), sent.patient());
        if (bundle.length > maxBundleBytes) {
            throw ProblemException.invalid("the procedure takes " + bundle.length + " bytes, at most " + maxBundleBytes
                    + " are kept on the topic; crop the labels to what is to be shown");
        }
        return bundle;
    }

    @GET
    @Operation(summary = "List procedures")
    public List<ProcedureSummary> list() {
        return desk.procedures().stream().map(ProcedureSummary::of).toList();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One procedure, without its images and without what tells its patient")
    public ProcedureDocument get(@PathParam("id") String id) {
        KnownProcedure known = desk.line(id).orElseThrow(() -> ProblemException.notFound(id)).known();
        return ProcedureCodec.toDocument(known.procedure(), known.side(),
                new PatientCheck(PatientMark.NONE, known.patient().override()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "End a procedure", description = "Its open alerts are cleared; its frames go to the dead-letter topic from now on.")
    public void delete(@PathParam("id") String id) {
        if (desk.line(id).isEmpty()) {
            throw ProblemException.notFound(id);
        }
        await(store.delete(id));
    }

    private static void requireParts(String procedure, List<FileUpload> preoperative, List<FileUpload> labels) {
        if (procedure == null || preoperative == null || preoperative.isEmpty() || labels == null
                || labels.size() != 1) {
            throw ProblemException.invalid("expected the parts procedure (JSON), preoperative (one or more files) and "
                    + "labels (one file) as multipart/form-data; at least one is missing, or labels came more than once");
        }
    }

    private MadeProcedure make(String procedure, List<FileUpload> preoperative, List<FileUpload> labels, Tab work) {
        try {
            MadeProcedure made = maker.make(procedure.getBytes(StandardCharsets.UTF_8),
                    preoperative.stream().map(ProcedureResource::file).toList(), file(labels.get(0)), work);
            desk.requireAcceptable(made.procedure());
            desk.rival(made.procedure()).ifPresent(rival -> {
                throw ProblemException.overlaps(made.procedure().id(), rival.id());
            });
            return made;
        } catch (OverdrawnException e) {
            throw e;
        } catch (RegstreamException | IllegalArgumentException e) {
            throw ProblemException.invalid(e.getMessage());
        }
    }

    /** Somebody may have been quicker with another one that takes the same frames, or the last memory. */
    private void requireTakenIn(Procedure made) {
        if (desk.line(made.id()).isEmpty()) {
            Optional<Procedure> rival = desk.rival(made);
            await(store.delete(made.id()));
            throw rival.map(other -> ProblemException.overlaps(made.id(), other.id()))
                    .orElseGet(() -> ProblemException.notTaken(made.id()));
        }
    }

    private static UploadedFile file(FileUpload part) {
        return new UploadedFile(part.fileName(), part.uploadedFile());
    }

    private static void await(CompletionStage<Void> change) {
        try {
            change.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw ProblemException.unavailable(e.getCause()
                    + "; the change may still come through: look with GET /procedures before trying again");
        }
    }
}
