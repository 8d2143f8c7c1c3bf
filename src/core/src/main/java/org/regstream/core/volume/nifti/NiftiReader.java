package org.regstream.core.volume.nifti;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.regstream.core.DecodeException;
import org.regstream.core.geometry.Grid;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;

/**
 * Reads NIfTI files of version 1 and 2, single ones and, by path, pairs of header and voxels, plain or gzip (told by their
 * first bytes, not by the name), of either byte order, every integer and float type up to 64 bits, scaled by scl_slope and scl_inter.
 *
 * <p>Memory grows with the bytes that arrive, up to the declared size, which is at most {@link Grid#MAX_VOXELS}. Damaged,
 * cut or hostile bytes end in a {@link DecodeException}; a disk or network that fails in an {@link UncheckedIOException}.
 */
public final class NiftiReader {

    private NiftiReader() {}

    /** @return intensities, [D, H, W], the unit of the file, LPS mm */
    public static Volume readVolume(Path file) {
        return volume(file).content();
    }

    /** Likewise, with what is doubtful about the file. */
    public static NiftiContent<Volume> volume(Path file) {
        return open(file, NiftiReader::volume);
    }

    /** @param in at the first byte of the file, plain or gzip; not closed, and may be read beyond the last voxel */
    public static Volume readVolume(InputStream in) {
        return volume(in).content();
    }

    /** Likewise, with what is doubtful about the file. */
    public static NiftiContent<Volume> volume(InputStream in) {
        return volume(new VoxelStream(in));
    }

    private static NiftiContent<Volume> volume(VoxelStream voxels) {
        Grid grid = voxels.header().grid();
        float[] values = new float[Math.min(grid.size(), VoxelStream.CHUNK)];
        double[] chunk = new double[VoxelStream.CHUNK];
        int at = 0;
        for (int n = voxels.next(chunk); n > 0; n = voxels.next(chunk)) {
            if (at + n > values.length) {
                values = Arrays.copyOf(values, grownLength(values.length, grid));
            }
            for (int x = 0; x < n; x++) {
                values[at + x] = (float) chunk[x];
            }
            at += n;
        }
        return new NiftiContent<>(Volume.takeOwnershipOf(grid, values), voxels.header().notice());
    }

    /** @return labels, [D, H, W], LPS mm
     *  @throws DecodeException also if a voxel is not a whole number of 0 to 255, as near as the file's scaling can say */
    public static LabelMap readLabels(Path file) {
        return labels(file).content();
    }

    /** Likewise, with what is doubtful about the file. */
    public static NiftiContent<LabelMap> labels(Path file) {
        return open(file, NiftiReader::labels);
    }

    /** @param in as for {@link #readVolume(InputStream)} */
    public static LabelMap readLabels(InputStream in) {
        return labels(in).content();
    }

    /** Likewise, with what is doubtful about the file. */
    public static NiftiContent<LabelMap> labels(InputStream in) {
        return labels(new VoxelStream(in));
    }

    private static NiftiContent<LabelMap> labels(VoxelStream voxels) {
        NiftiLabels numbers = NiftiLabels.of(voxels.header());
        Grid grid = voxels.header().grid();
        byte[] labels = new byte[Math.min(grid.size(), VoxelStream.CHUNK)];
        double[] chunk = new double[VoxelStream.CHUNK];
        int at = 0;
        for (int n = voxels.next(chunk); n > 0; n = voxels.next(chunk)) {
            if (at + n > labels.length) {
                labels = Arrays.copyOf(labels, grownLength(labels.length, grid));
            }
            for (int x = 0; x < n; x++) {
                labels[at + x] = numbers.label(chunk[x]);
            }
            at += n;
        }
        return new NiftiContent<>(LabelMap.takeOwnershipOf(grid, labels), voxels.header().notice());
    }

    private static int grownLength(int length, Grid grid) {
        return Math.min(grid.size(), 2 * length);
    }

    private static <T> T open(Path file, Function<VoxelStream, T> read) {
        try (NiftiPair pair = NiftiPair.of(file); InputStream in = Files.newInputStream(pair.header())) {
            return read.apply(new VoxelStream(in, pair::voxels));
        } catch (DecodeException e) {
            throw new DecodeException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }
}
