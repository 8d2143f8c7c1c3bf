package org.regstream.training.evaluate.method;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.DisplacementField;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.LabelProbabilities;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.core.warp.Warp;
import org.regstream.training.evaluate.Pairing;
import org.regstream.training.evaluate.row.Cost;
import org.regstream.training.evaluate.row.Outcome;
import org.regstream.training.evaluate.row.Paper;
import org.regstream.training.evaluate.row.PreparedRow;
import org.regstream.training.evaluate.row.Row;
import org.regstream.training.evaluate.row.RowSite;
import org.regstream.training.evaluate.row.RowUnavailableException;

/**
 * A classical system as an outside program. For each pair it gets {@code fixed.nii.gz}, {@code moving.nii.gz} (mapped
 * intensities) and {@code labels.nii.gz} (of the moving image), all on one grid, and must leave in {@code {out}}:
 * {@code labels.nii.gz}, the labels on the fixed image, and {@code displacement.nii.gz}, see {@link ItkField}.
 *
 * @param option  that sets the command, for the message where none is set
 * @param command empty if the user gave none
 */
record ExternalRow(String name, String label, String option, Optional<ExternalCommand> command) implements Row {

    @Override
    public Paper paper() {
        return Paper.P2;
    }

    @Override
    public PreparedRow prepare(RowSite site) {
        ExternalCommand program = command
                .orElseThrow(() -> new RowUnavailableException("not installed: " + option + " was not given"));
        return new PreparedRow(pair -> register(program, site, pair), Cost.NOTHING);
    }

    private Outcome register(ExternalCommand program, RowSite site, Pairing pair) {
        Path in = site.folder().resolve("pair").toAbsolutePath();
        Path out = in.resolve("out");
        write(pair, in, out);
        program.run(in, Map.of("{fixed}", in.resolve("fixed.nii.gz"), "{moving}", in.resolve("moving.nii.gz"),
                "{labels}", in.resolve("labels.nii.gz"), "{out}", out));
        return read(pair, out, site.task().channels());
    }

    /** Results of the pair before are removed, lest they be taken for this one's. */
    private static void write(Pairing pair, Path in, Path out) {
        try {
            Files.createDirectories(out);
            for (String result : List.of("labels.nii.gz", "displacement.nii.gz")) {
                Files.deleteIfExists(out.resolve(result));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + out + " for an outside program", e);
        }
        NiftiWriter.write(pair.fixed().image(), in.resolve("fixed.nii.gz"));
        NiftiWriter.write(pair.movingImage(), in.resolve("moving.nii.gz"));
        NiftiWriter.write(pair.moving().labels().withGrid(pair.fixed().image().grid()), in.resolve("labels.nii.gz"));
    }

    private Outcome read(Pairing pair, Path out, int channels) {
        Grid grid = pair.fixed().image().grid();
        for (String result : List.of("labels.nii.gz", "displacement.nii.gz")) {
            if (!Files.isRegularFile(out.resolve(result))) {
                throw new RowUnavailableException("the program left no " + result + " in {out}");
            }
        }
        try {
            LabelMap labels = NiftiReader.readLabels(out.resolve("labels.nii.gz"));
            if (!labels.grid().isSameAs(grid) || labels.maxLabel() >= channels) {
                throw new DecodeException("labels.nii.gz must lie on the grid of the fixed image, " + grid
                        + ", and hold 0 to " + (channels - 1) + ", got " + labels.grid() + " and up to "
                        + labels.maxLabel());
            }
            DisplacementField field = ItkField.read(out.resolve("displacement.nii.gz"), grid);
            return new Outcome(field, Warp.linear(pair.movingImage(), field, 0),
                    LabelProbabilities.oneHot(labels.withGrid(grid), channels), Optional.empty(), Optional.empty(),
                    List.of(), Map.of());
        } catch (DecodeException e) {
            throw new RowUnavailableException("the program's result cannot be used: " + e.getMessage(), e);
        }
    }
}
