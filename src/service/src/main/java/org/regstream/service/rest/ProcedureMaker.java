package org.regstream.service.rest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.volume.LabelMap;
import org.regstream.service.wire.ProcedureCodec;
import org.regstream.service.wire.ProcedureDocument;
import org.regstream.service.wire.ProcedureDocument.StructureDocument;

/** Makes a procedure of what is sent: fills in what the document leaves out and the images or the model tell. */
final class ProcedureMaker {

    private final UploadReader reader;
    private final List<Structure> known;
    private final Duration ageBudget;

    /**
     * @param known     the model's structures
     * @param ageBudget where the document gives none
     */
    ProcedureMaker(UploadReader reader, List<Structure> known, Duration ageBudget) {
        this.reader = reader;
        this.known = List.copyOf(known);
        this.ageBudget = ageBudget;
    }

    /** @throws DecodeException if documents or images are wrong or contradict each other */
    Procedure make(byte[] json, List<Path> preoperative, Path labelFile) {
        ProcedureDocument sent = ProcedureCodec.readDocument(json);
        UploadedImage image = reader.image(preoperative);
        LabelMap labels = reader.labels(labelFile, image.volume().grid(), known);
        Optional<String> space = Optional.ofNullable(sent.frameOfReferenceUid()).or(image::frameOfReferenceUid);
        ProcedureDocument full = new ProcedureDocument(sent.schema(), sent.id(),
                sent.structures() == null ? present(labels) : sent.structures(),
                sent.alignment() == null ? alignment(space) : sent.alignment(), sent.regionOfInterestMm(),
                space.orElse(null), sent.live(),
                sent.ageBudgetSeconds() == null ? ageBudget.toMillis() / 1e3 : sent.ageBudgetSeconds());
        return ProcedureCodec.toProcedure(full, image.volume(), labels);
    }

    private List<StructureDocument> present(LabelMap labels) {
        return known.stream().filter(s -> labels.count(s.label()) > 0).map(ProcedureCodec::toDocument).toList();
    }

    private static Alignment alignment(Optional<String> space) {
        return space.isPresent() ? Alignment.FRAME_OF_REFERENCE : Alignment.CENTRES;
    }
}
