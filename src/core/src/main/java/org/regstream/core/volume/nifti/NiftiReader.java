package org.regstream.core.volume.nifti;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.regstream.core.DecodeException;
import org.regstream.core.FileFault;
import org.regstream.core.geometry.Grid;
import org.regstream.core.memory.Tab;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.MillimetreField;
import org.regstream.core.volume.Volume;

/**
 * Reads NIfTI files of version 1 and 2, single ones and, by path, pairs of header and voxels, plain or gzip (told by their
 * first bytes, not by the name), of either byte order, every integer and float type up to 64 bits, scaled by scl_slope and scl_inter.
 *
 * <p>Memory grows with the bytes that arrive, up to the declared size, which is at most {@link Grid#MAX_VOXELS}; where somebody pays, it is taken at once. Damaged,
 * cut or hostile bytes end in a {@link DecodeException}; a disk or network that fails in an {@link UncheckedIOException}.
 */
public final class NiftiReader {

    /** Components of a displacement. */
    private static final int FIELD = 3;

    private NiftiReader() {}

    /** @return intensities, [D, H, W], the unit of the file, LPS mm */
    public static Volume readVolume(Path file) {
        return volume(file).content();
    }

    /** Likewise, with what is doubtful about the file. */
    public static NiftiContent<Volume> volume(Path file) {
        return open(file, 1, NiftiReader::volume);
    }

    /** @param in at the first byte of the file, plain or gzip; not closed, and may be read beyond the last voxel */
    public static Volume readVolume(InputStream in) {
        return volume(in).content();
    }

    /** Likewise, with what is doubtful about the file. */
    public static NiftiContent<Volume> volume(InputStream in) {
        return volume(new VoxelStream(in, 1));
    }

    /** @param memory pays for it as soon as its header says how large it is */
    public static NiftiContent<Volume> volume(InputStream in, Tab memory) {
        VoxelStream voxels = new VoxelStream(in, 1);
        memory.take(voxels.header().size() * Float.BYTES);
        return volume(voxels, voxels.header().grid().size());
    }

    private static NiftiContent<Volume> volume(VoxelStream voxels) {
        return volume(voxels, VoxelStream.CHUNK);
    }

    /** @param room voxels that there is memory for at once */
    private static NiftiContent<Volume> volume(VoxelStream voxels, int room) {
        float[] values = values(voxels, room);
        return new NiftiContent<>(Volume.takeOwnershipOf(voxels.header().grid(), values), voxels.header().notice());
    }

    /**
     * A displacement field as ITK and ANTs write it: five axes (i, j, k, 1, 3), components (x, y, z), LPS mm. Where the intent is
     * DISPVECT they are RAS mm, as ITK 5.4 has it, and are turned.
     *
     * @throws DecodeException also if it has other axes, or is one of an older regstream, in voxels
     */
    public static NiftiContent<MillimetreField> displacement(Path file) {
        return open(file, FIELD, NiftiReader::displacement);
    }

    private static NiftiContent<MillimetreField> displacement(VoxelStream voxels) {
        float[] mm = values(voxels, VoxelStream.CHUNK);
        NiftiHeader header = voxels.header();
        for (int x = 0; header.isRas() && x < 2 * header.grid().size(); x++) {
            mm[x] = -mm[x];
        }
        return new NiftiContent<>(MillimetreField.takeOwnershipOf(header.grid(), mm), header.notice());
    }

    /** @return the grid of a field, of which no voxel is read */
    public static Grid displacementGrid(Path file) {
        return open(file, FIELD, voxels -> voxels.header().grid());
    }

    private static float[] values(VoxelStream voxels, int room) {
        long size = voxels.header().size();
        float[] values = new float[(int) Math.min(size, room)];
        double[] chunk = new double[VoxelStream.CHUNK];
        int at = 0;
        for (int n = voxels.next(chunk); n > 0; n = voxels.next(chunk)) {
            if (at + n > values.length) {
                values = Arrays.copyOf(values, grownLength(values.length, size));
            }
            for (int x = 0; x < n; x++) {
                values[at + x] = (float) chunk[x];
            }
            at += n;
        }
        return values;
    }

    /** @return labels, [D, H, W], LPS mm
     *  @throws DecodeException also if a voxel is not a whole number of 0 to 255, as near as the file's scaling can say */
    public static LabelMap readLabels(Path file) {
        return labels(file).content();
    }

    /** Likewise, with what is doubtful about the file. */
    public static NiftiContent<LabelMap> labels(Path file) {
        return open(file, 1, NiftiReader::labels);
    }

    /** @param in as for {@link #readVolume(InputStream)} */
    public static LabelMap readLabels(InputStream in) {
        return labels(in).content();
    }

    /** Likewise, with what is doubtful about the file. */
    public static NiftiContent<LabelMap> labels(InputStream in) {
        return labels(new VoxelStream(in, 1));
    }

    /** @param memory as for {@link #volume(InputStream, Tab)} */
    public static NiftiContent<LabelMap> labels(InputStream in, Tab memory) {
        VoxelStream voxels = new VoxelStream(in, 1);
        memory.take(voxels.header().size());
        return labels(voxels, voxels.header().grid().size());
    }

    private static NiftiContent<LabelMap> labels(VoxelStream voxels) {
        return labels(voxels, VoxelStream.CHUNK);
    }

    private static NiftiContent<LabelMap> labels(VoxelStream voxels, int room) {
        NiftiLabels numbers = NiftiLabels.of(voxels.header());
        Grid grid = voxels.header().grid();
        byte[] labels = new byte[Math.min(grid.size(), room)];
        double[] chunk = new double[VoxelStream.CHUNK];
        int at = 0;
        for (int n = voxels.next(chunk); n > 0; n = voxels.next(chunk)) {
            if (at + n > labels.length) {
                labels = Arrays.copyOf(labels, grownLength(labels.length, grid.size()));
            }
            for (int x = 0; x < n; x++) {
                labels[at + x] = numbers.label(chunk[x]);
            }
            at += n;
        }
        return new NiftiContent<>(LabelMap.takeOwnershipOf(grid, labels), voxels.header().notice());
    }

    private static int grownLength(int length, long size) {
        return (int) Math.min(size, 2L * length);
    }

    private static <T> T open(Path file, int components, Function<VoxelStream, T> read) {
        try (NiftiPair pair = NiftiPair.of(file); InputStream in = Files.newInputStream(pair.header())) {
            return read.apply(new VoxelStream(in, components, pair::voxels));
        } catch (DecodeException e) {
            throw new DecodeException("cannot read " + file.getFileName() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(FileFault.inWords(file, e), e);
        }
    }
}
