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
 * Reads NIfTI-1 single files, plain or gzip (told by their first bytes, not by the name), of either byte order, every
 * integer and float type up to 64 bits, scaled by scl_slope and scl_inter.
 *
 * <p>Memory grows with the bytes that arrive, up to the declared size, which is at most {@link Grid#MAX_VOXELS}. Damaged,
 * cut or hostile bytes end in a {@link DecodeException}; a disk or network that fails in an {@link UncheckedIOException}.
 */
public final class NiftiReader {

    private NiftiReader() {}

    /** @return intensities, [D, H, W], the unit of the file, LPS mm */
    public static Volume readVolume(Path file) {
        return open(file, NiftiReader::readVolume);
    }

    /** @param in at the first byte of the file, plain or gzip; not closed, and may be read beyond the last voxel */
    public static Volume readVolume(InputStream in) {
        VoxelStream voxels = new VoxelStream(in);
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
        return Volume.takeOwnershipOf(grid, values);
    }

    /** @return labels, [D, H, W], LPS mm
     *  @throws DecodeException also if a voxel is not a whole number of 0 to 255 */
    public static LabelMap readLabels(Path file) {
        return open(file, NiftiReader::readLabels);
    }

    /** @param in as for {@link #readVolume(InputStream)} */
    public static LabelMap readLabels(InputStream in) {
        VoxelStream voxels = new VoxelStream(in);
        Grid grid = voxels.header().grid();
        byte[] labels = new byte[Math.min(grid.size(), VoxelStream.CHUNK)];
        double[] chunk = new double[VoxelStream.CHUNK];
        int at = 0;
        for (int n = voxels.next(chunk); n > 0; n = voxels.next(chunk)) {
            if (at + n > labels.length) {
                labels = Arrays.copyOf(labels, grownLength(labels.length, grid));
            }
            for (int x = 0; x < n; x++) {
                labels[at + x] = label(chunk[x]);
            }
            at += n;
        }
        return LabelMap.takeOwnershipOf(grid, labels);
    }

    private static int grownLength(int length, Grid grid) {
        return Math.min(grid.size(), 2 * length);
    }

    private static byte label(double value) {
        int label = (int) value;
        if (label != value || label < 0 || label > 255) {
            throw new DecodeException("labels must be whole numbers of 0 to 255, got " + value
                    + (label == value && label > 255
                            ? "; give the structures that are wanted numbers up to 255"
                            : "; this looks like an image, or like labels that were interpolated linearly"));
        }
        return (byte) label;
    }

    private static <T> T open(Path file, Function<InputStream, T> read) {
        try (InputStream in = Files.newInputStream(file)) {
            return read.apply(in);
        } catch (DecodeException e) {
            throw new DecodeException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file.getFileName() + ": " + e.getMessage(), e);
        }
    }
}
