package org.regstream.benchmarks.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.regstream.core.DecodeException;
import org.regstream.core.assembly.AssemblyOutcome;
import org.regstream.core.assembly.AssemblyOutcome.Complete;
import org.regstream.core.assembly.AssemblyOutcome.Refused;
import org.regstream.core.assembly.AssemblyPolicy;
import org.regstream.core.assembly.AssemblyRule;
import org.regstream.core.assembly.Frame;
import org.regstream.core.assembly.FrameAssembler;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.dicom.DicomObject;
import org.regstream.dicom.read.DicomSeries;
import org.regstream.dicom.read.FolderFiles;
import org.regstream.dicom.read.FrameReader;
import org.regstream.dicom.read.SegmentationReader;

/** Reads each entry of a folder as the product reads it, and writes what it made of it as NIfTI, with a line of JSON to the standard output. */
public final class ReadCorpus {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FrameReader READER = FrameReader.withDefaults();

    /** What came of one entry.
     *  @param volumes files that were written
     *  @param refused why there are no more; empty if nothing was refused
     *  @param notices what was left out */
    private record Outcome(String name, List<String> volumes, List<String> refused, List<String> notices) {}

    private final Path out;

    private ReadCorpus(Path out) {
        this.out = out;
    }

    /** @param args a folder whose entries are folders of one series each, or single files called NAME.nii, NAME.hdr or NAME.seg, or
     *              links to them; and a folder for what is read */
    public static void main(String[] args) throws IOException {
        ReadCorpus corpus = new ReadCorpus(Files.createDirectories(Path.of(args[1])));
        try (Stream<Path> entries = Files.list(Path.of(args[0]))) {
            for (Path entry : entries.sorted().toList()) {
                System.out.println(JSON.writeValueAsString(corpus.read(entry)));
            }
        }
    }

    private Outcome read(Path entry) {
        String name = entry.getFileName().toString();
        try {
            return Files.isDirectory(entry) ? series(entry, name) : file(entry, name);
        } catch (DecodeException e) {
            return new Outcome(name, List.of(), List.of(e.getMessage()), List.of());
        }
    }

    private Outcome file(Path file, String name) {
        Path written = out.resolve(name + ".0.nii");
        if (name.endsWith(".seg")) {
            DicomObject dicom = READER.readObject(FolderFiles.bytes(file, Integer.MAX_VALUE));
            NiftiWriter.write(SegmentationReader.read(dicom).labels(), written);
        } else {
            NiftiWriter.write(NiftiReader.volume(file).content(), written);
        }
        return new Outcome(name, List.of(written.toString()), List.of(), List.of());
    }

    private Outcome series(Path folder, String name) {
        DicomSeries series = DicomSeries.read(folder, READER);
        List<String> volumes = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (AssemblyOutcome<Frame> outcome : assemble(series.frames())) {
            if (outcome instanceof Complete<Frame> complete) {
                volumes.add(write(complete.volume().volume(), name, volumes.size()));
            } else if (outcome instanceof Refused<Frame> no) {
                refused.add(no.refusal().toString());
                single(no).ifPresent(slice -> volumes.add(write(slice, name, volumes.size())));
            }
        }
        return new Outcome(name, volumes, refused, series.notices());
    }

    /** No volume, but pixels that others read too. */
    private static Optional<Volume> single(Refused<Frame> no) {
        return no.refusal().rule() == AssemblyRule.TOO_FEW_SLICES
                ? Optional.of(no.tokens().get(0).slices().get(0))
                : Optional.empty();
    }

    private String write(Volume volume, String name, int number) {
        Path written = out.resolve(name + "." + number + ".nii");
        NiftiWriter.write(volume, written);
        return written.toString();
    }

    private static List<AssemblyOutcome<Frame>> assemble(List<Frame> frames) {
        FrameAssembler<Frame> assembler = new FrameAssembler<>(AssemblyPolicy.DEFAULT);
        Instant now = Instant.now();
        List<AssemblyOutcome<Frame>> outcomes = new ArrayList<>();
        Set<String> series = new LinkedHashSet<>();
        for (Frame frame : frames) {
            outcomes.add(assembler.offer(frame, frame, now));
            series.add(frame.seriesInstanceUid());
        }
        series.forEach(uid -> outcomes.addAll(assembler.endOfSeries(uid, now)));
        return outcomes;
    }
}
