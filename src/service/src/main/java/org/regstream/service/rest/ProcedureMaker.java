package org.regstream.service.rest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.memory.Tab;
import org.regstream.core.model.ModelManifest;
import org.regstream.core.pipeline.Condensed;
import org.regstream.core.procedure.Alignment;
import org.regstream.core.procedure.Procedure;
import org.regstream.dicom.read.Laterality;
import org.regstream.wire.PatientCheck;
import org.regstream.wire.ProcedureCodec;
import org.regstream.wire.ProcedureDocument;
import org.regstream.wire.Words;

/** Makes a procedure of what is sent: fills in what the document leaves out and the images or the model tell. */
final class ProcedureMaker {

    private final UploadReader reader;
    private final ModelManifest model;
    private final Duration ageBudget;

    /**
     * @param model     whose structures labels may be, and whose window images are laid under
     * @param ageBudget where the document gives none
     */
    ProcedureMaker(UploadReader reader, ModelManifest model, Duration ageBudget) {
        this.reader = reader;
        this.model = model;
        this.ageBudget = ageBudget;
    }

    /** @param memory pays for all of it
     *  @throws DecodeException if documents or images are wrong or contradict each other */
    MadeProcedure make(byte[] json, List<UploadedFile> preoperative, UploadedFile labelFile, Tab memory) {
        ProcedureDocument sent = ProcedureCodec.readDocument(json);
        if (sent.patient() != null) {
            throw new DecodeException("patient is made of the images, got one in the procedure; leave it out");
        }
        UploadedImage image = reader.image(preoperative, memory);
        UploadedLabels labels = reader.labels(labelFile, image.labelled(), model.structures(), Optional
                .ofNullable(sent.structures()).map(all -> all.stream().map(ProcedureCodec::toStructure).toList()),
                memory);
        PatientCheck patient = new PatientCheck(image.patient(), ProcedureCodec.toOverride(sent.patientOverride()));
        patient.difference(labels.headers()).ifPresent(what -> {
            throw new DecodeException("the labels are of another patient than the pre-operative image (" + what
                    + "); send what belongs together, or say who decides otherwise: patientOverride");
        });
        Laterality side = side(ProcedureCodec.toSide(sent.laterality()), image.side(), labels.side());
        Optional<String> space = space(Optional.ofNullable(sent.frameOfReferenceUid()), image.frameOfReferenceUid());
        ProcedureDocument full = new ProcedureDocument(sent.schema(), sent.id(),
                labels.given().structures().stream().map(ProcedureCodec::toDocument).toList(),
                sent.alignment() == null ? alignment(image.volume().grid(), space) : sent.alignment(),
                sent.regionOfInterestMm(),
                space.orElse(null), sent.live(),
                sent.ageBudgetSeconds() == null ? ageBudget.toMillis() / 1e3 : sent.ageBudgetSeconds(),
                sent.labelSource(), sent.laterality(), null, null);
        Procedure whole = ProcedureCodec.toProcedure(full, image.volume(), labels.given().labels());
        Procedure kept = whole.with(Condensed.of(whole.reference(), model.grid()));
        memory.giveBack(ProcedureCodec.unpackedBytes(whole) - ProcedureCodec.unpackedBytes(kept));
        return new MadeProcedure(kept, side, patient,
                Stream.of(image.notices().stream(), labels.notices().stream(), kept(whole, kept).stream())
                        .flatMap(notice -> notice).toList());
    }

    private static Optional<String> kept(Procedure whole, Procedure kept) {
        return kept.reference().overview().map(overview -> String.format(Locale.ROOT,
                "of the pre-operative image, %s, what registration needs is kept: %s around the region to register, and"
                        + " %s for alignment; all labels stay as they are",
                whole.reference().image().grid(), kept.reference().image().grid(), overview.grid()));
    }

    /** @return what the first that names a space names
     *  @throws DecodeException if the procedure names another one than the image is in */
    private static Optional<String> space(Optional<String> sent, Optional<String> image) {
        if (sent.isPresent() && image.isPresent() && !sent.equals(image)) {
            throw new DecodeException("frameOfReferenceUid of the procedure must be that of the pre-operative image, "
                    + image.get() + ", got " + sent.get() + "; leave it out");
        }
        return sent.or(() -> image);
    }

    /** @return what the first that says a side says
     *  @throws DecodeException if two of them are of different sides */
    private static Laterality side(Laterality sent, Laterality image, Laterality labels) {
        requireOneSide("the procedure", sent, "the pre-operative image", image);
        requireOneSide("the procedure", sent, "the labels", labels);
        requireOneSide("the pre-operative image", image, "the labels", labels);
        return Stream.of(sent, image, labels).filter(side -> side != Laterality.UNTOLD).findFirst()
                .orElse(Laterality.UNTOLD);
    }

    private static void requireOneSide(String what, Laterality one, String otherwise, Laterality other) {
        if (one.contradicts(other)) {
            throw new DecodeException(what + " is of the patient's " + Words.of(one) + " side, but " + otherwise
                    + " of the " + Words.of(other) + " side; send what belongs together");
        }
    }

    /** Somebody has cropped what fits into the network's window, so there is no pose to search for. */
    private Alignment alignment(Grid image, Optional<String> space) {
        if (!model.grid().holds(image)) {
            return Alignment.AUTOMATIC;
        }
        return space.isPresent() ? Alignment.FRAME_OF_REFERENCE : Alignment.CENTRES;
    }
}
