package org.regstream.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.memory.Purse;
import org.regstream.core.memory.Tab;
import org.regstream.core.model.Structure;
import org.regstream.core.procedure.LabelSource;
import org.regstream.core.procedure.LiveSelector;
import org.regstream.core.procedure.Procedure;
import org.regstream.core.procedure.ProcedureBundle;
import org.regstream.core.procedure.Reference;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.read.GivenLabels;
import org.regstream.dicom.read.Laterality;
import org.regstream.dicom.read.PatientMark;
import org.regstream.wire.ProcedureDocument.Live;
import org.regstream.wire.ProcedureDocument.StructureDocument;

/** A procedure to and from its bundle. Thread-safe. */
public final class ProcedureCodec {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What DICOM objects and alerts can hold. */
    private static final int MAX_NAME = 64;

    private static final int MAX_TEXT = 256;

    private ProcedureCodec() {}

    /**
     * A procedure as a bundle holds it.
     *
     * @param side    which the pre-operative image says that it shows
     * @param patient whose live images it takes
     */
    public record Decoded(Procedure procedure, Laterality side, PatientCheck patient) {}

    /** Where the heap is the only limit.
     *  @throws DecodeException if the bytes are not a procedure bundle of this schema; the message names what is wrong */
    public static Decoded decode(byte[] bytes) {
        try (Tab memory = Purse.unbounded().open()) {
            return decode(bytes, memory);
        }
    }

    /** @param memory pays for each part before it is there
     *  @throws DecodeException if the bytes are not a procedure bundle of this schema; the message names what is wrong
     *  @throws org.regstream.core.memory.OverdrawnException if it does not fit */
    public static Decoded decode(byte[] bytes, Tab memory) {
        ProcedureBundle bundle = ProcedureBundle.decode(bytes, memory);
        ProcedureDocument document = readDocument(bundle.json());
        Volume image = NiftiReader.volume(new ByteArrayInputStream(bundle.preoperative()), memory).content();
        LabelMap labels = NiftiReader.labels(new ByteArrayInputStream(bundle.labels()), memory).content();
        Optional<Volume> overview = bundle.overview()
                .map(part -> NiftiReader.volume(new ByteArrayInputStream(part), memory).content());
        return new Decoded(toProcedure(document, image, overview, labels), toSide(document.laterality()),
                toPatient(document));
    }

    /** As {@link #encode(Procedure, Laterality, PatientCheck)}, where nobody says a side or a patient. */
    public static byte[] encode(Procedure procedure) {
        return encode(procedure, Laterality.UNTOLD, PatientCheck.NONE);
    }

    /** @param side    which the pre-operative image says that it shows
     *  @param patient whose live images it takes
     *  @return the bundle's bytes; equal procedures give equal bytes */
    public static byte[] encode(Procedure procedure, Laterality side, PatientCheck patient) {
        Reference reference = procedure.reference();
        try {
            return new ProcedureBundle(JSON.writeValueAsBytes(toDocument(procedure, side, patient)),
                    gzip(out -> NiftiWriter.write(reference.image(), out)),
                    gzip(out -> NiftiWriter.write(reference.labels(), out)),
                    reference.overview().map(image -> gzip(out -> NiftiWriter.write(image, out)))).encode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("procedure " + procedure.id() + " cannot be written as JSON", e);
        }
    }

    /** @return bytes that its images and labels take, in memory and before they are packed */
    public static long unpackedBytes(Procedure procedure) {
        Reference r = procedure.reference();
        long overview = r.overview().map(image -> (long) image.grid().size()).orElse(0L);
        return Float.BYTES * (r.image().grid().size() + overview) + r.labels().grid().size();
    }

    /** @throws DecodeException if it is not JSON of this schema */
    public static ProcedureDocument readDocument(byte[] json) {
        try {
            ProcedureDocument document = JSON.readValue(json, ProcedureDocument.class);
            if (document == null || document.schema() != ProcedureDocument.SCHEMA) {
                throw new DecodeException("a procedure's schema must be " + ProcedureDocument.SCHEMA + ", got "
                        + (document == null ? "nothing" : String.valueOf(document.schema())));
            }
            return document;
        } catch (IOException e) {
            throw new DecodeException("a procedure must be JSON of schema " + ProcedureDocument.SCHEMA + ": "
                    + describe(e), e);
        }
    }

    /** Of a whole image. @throws DecodeException if parts are missing or contradict each other */
    public static Procedure toProcedure(ProcedureDocument d, Volume image, LabelMap labels) {
        return toProcedure(d, image, Optional.empty(), labels);
    }

    private static Procedure toProcedure(ProcedureDocument d, Volume image, Optional<Volume> overview,
            LabelMap labels) {
        try {
            List<Structure> structures = required("structures", d.structures()).stream()
                    .map(ProcedureCodec::toStructure).toList();
            toSide(d.laterality());
            Reference reference = new Reference(image, overview, GivenLabels.only(labels, structures), structures,
                    required("alignment", d.alignment()),
                    Optional.ofNullable(d.regionOfInterestMm()).map(ProcedureCodec::toPoint),
                    Optional.ofNullable(d.frameOfReferenceUid()), toLabelSource(d.labelSource()));
            return new Procedure(required("id", d.id()), reference, toSelector(required("live", d.live())),
                    toDuration(required("ageBudgetSeconds", d.ageBudgetSeconds())));
        } catch (IllegalArgumentException e) {
            throw new DecodeException("not a valid procedure: " + e.getMessage(), e);
        }
    }

    /** @return what {@code procedure.json} of its bundle holds */
    public static ProcedureDocument toDocument(Procedure p, Laterality side, PatientCheck patient) {
        Reference r = p.reference();
        LiveSelector s = p.selector();
        return new ProcedureDocument(ProcedureDocument.SCHEMA, p.id(),
                r.structures().stream().map(ProcedureCodec::toDocument).toList(), r.alignment(),
                r.regionOfInterest().map(v -> List.of(v.x(), v.y(), v.z())).orElse(null),
                r.frameOfReferenceUid().orElse(null),
                new Live(s.studyInstanceUid().orElse(null), s.seriesInstanceUid().orElse(null),
                        s.frameOfReferenceUid().orElse(null)),
                p.ageBudget().toMillis() / 1e3, Words.of(r.labelSource()),
                side == Laterality.UNTOLD ? null : Words.of(side), toDocument(patient.mark()),
                patient.override().orElse(null));
    }

    /** As a document names it. */
    public static StructureDocument toDocument(Structure s) {
        return new StructureDocument(s.label(), s.name(), s.code(), s.meaning(), s.colour());
    }

    /** As a document gives it. */
    public static Structure toStructure(StructureDocument s) {
        required("each of its structures", s);
        String name = required("name", s.name());
        if (name.isBlank() || name.length() > MAX_NAME) {
            throw new DecodeException("a structure's name must have 1 to " + MAX_NAME + " characters, got "
                    + name.length());
        }
        return new Structure(s.label(), name, bounded("code", s.code()), bounded("meaning", s.meaning()),
                bounded("colour", s.colour()));
    }

    private static String bounded(String what, String text) {
        if (required(what, text).length() > MAX_TEXT) {
            throw new DecodeException(
                    "a structure's " + what + " must have at most " + MAX_TEXT + " characters, got " + text.length());
        }
        return text;
    }

    private static LabelSource toLabelSource(String word) {
        return word == null
                ? LabelSource.CARRIED
                : Words.read(LabelSource.class, word).orElseThrow(
                        () -> new DecodeException("labelSource must be carried or refined, got something else"));
    }

    /** @return what a document says of the side */
    public static Laterality toSide(String word) {
        return word == null
                ? Laterality.UNTOLD
                : Words.read(Laterality.class, word).filter(side -> side != Laterality.UNTOLD).orElseThrow(
                        () -> new DecodeException("laterality must be left, right or both, got something else"));
    }

    private static ProcedureDocument.Patient toDocument(PatientMark m) {
        return m.equals(PatientMark.NONE)
                ? null
                : new ProcedureDocument.Patient(m.salt(), m.id().orElse(null), m.issuer().orElse(null),
                        m.birthDate().orElse(null), m.sex().orElse(null));
    }

    static PatientCheck toPatient(ProcedureDocument d) {
        try {
            PatientMark mark = d.patient() == null
                    ? PatientMark.NONE
                    : new PatientMark(required("salt", d.patient().salt()), Optional.ofNullable(d.patient().id()),
                            Optional.ofNullable(d.patient().issuer()), Optional.ofNullable(d.patient().birthDate()),
                            Optional.ofNullable(d.patient().sex()));
            return new PatientCheck(mark, toOverride(d.patientOverride()));
        } catch (IllegalArgumentException e) {
            throw new DecodeException("not a valid procedure: " + e.getMessage(), e);
        }
    }

    /** @return what a document says of who takes another patient's images
     *  @throws DecodeException if it does not say who and why */
    public static Optional<ProcedureDocument.PatientOverride> toOverride(ProcedureDocument.PatientOverride override) {
        if (override != null) {
            requireText("patientOverride.by", override.by(), MAX_NAME);
            requireText("patientOverride.reason", override.reason(), MAX_TEXT);
        }
        return Optional.ofNullable(override);
    }

    private static void requireText(String what, String text, int most) {
        if (required(what, text).isBlank() || text.length() > most) {
            throw new DecodeException(what + " must have 1 to " + most + " characters, got " + text.length());
        }
    }

    private static Vector3 toPoint(List<Double> xyz) {
        if (xyz.size() != 3 || xyz.stream().anyMatch(v -> v == null || !Double.isFinite(v))) {
            throw new DecodeException("regionOfInterestMm must be three finite numbers x, y, z (LPS mm), got "
                    + xyz.size() + " values");
        }
        return new Vector3(xyz.get(0), xyz.get(1), xyz.get(2));
    }

    private static LiveSelector toSelector(Live live) {
        return new LiveSelector(Optional.ofNullable(live.studyInstanceUid()),
                Optional.ofNullable(live.seriesInstanceUid()), Optional.ofNullable(live.frameOfReferenceUid()));
    }

    private static Duration toDuration(double seconds) {
        if (!(seconds >= 0.1 && seconds <= 3600)) {
            throw new DecodeException("ageBudgetSeconds must lie in 0.1 to 3600, got " + seconds);
        }
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }

    private static <T> T required(String name, T value) {
        if (value == null) {
            throw new DecodeException("a procedure must give " + name + ", got none");
        }
        return value;
    }

    /** The parser's message without the excerpt of the source, or the value that it found. */
    private static String describe(IOException e) {
        if (e instanceof MismatchedInputException mismatch && !(e instanceof PropertyBindingException)) {
            return mismatch.getPath().stream().map(step -> step.getFieldName() == null
                    ? "element " + step.getIndex()
                    : step.getFieldName()).collect(Collectors.joining(" of ", "wrong kind of value at ", ""));
        }
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }

    private static byte[] gzip(Consumer<OutputStream> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            content.accept(zip);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
