package org.regstream.tools.transform;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.testkit.KnownTransform;
import org.regstream.core.transform.RegistrationTransform;
import org.regstream.core.transform.TransformText;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiReader;
import org.regstream.core.volume.nifti.NiftiWriter;
import org.regstream.tools.ToolsCli;
import org.regstream.tools.register.TransformNames;
import picocli.CommandLine;

/** A transform known by formula in a folder as {@code register} leaves it, with images that tell where they were sampled. */
record Written(Path folder) {

    private static final Vector3 MIDDLE = new Vector3(12, -7, 31);
    static final KnownTransform KNOWN = KnownTransform.oblique();
    /** Of the live image, oblique, 2 mm. */
    static final Grid LIVE = cube(34, 2, new Vector3(0.8, 0.36, -0.48), new Vector3(-0.6, 0.48, -0.64));
    /** On the live image, in another orientation, 1 mm. */
    static final Grid WINDOW = cube(44, 1, new Vector3(0.6, 0, 0.8), new Vector3(0, 1, 0));
    /** The pre-operative image: all that the live one shows, 2.5 mm. */
    static final Grid MOVING = around(KNOWN.pose().toMoving(LIVE.centre()), 56, 2.5);

    private static Grid cube(int side, double mm, Vector3 i, Vector3 j) {
        Vector3 k = i.cross(j);
        double half = mm * (side - 1) / 2;
        return new Grid(side, side, side, new Affine(
                MIDDLE.minus(i.times(half)).minus(j.times(half)).minus(k.times(half)), k.times(mm), j.times(mm),
                i.times(mm)));
    }

    private static Grid around(Vector3 middle, int side, double mm) {
        double half = mm * (side - 1) / 2;
        return new Grid(side, side, side,
                Affine.axisAligned(middle.minus(new Vector3(half, half, half)), mm, mm, mm));
    }

    /** Field, inverse and pose. */
    static Written in(Path folder) {
        try {
            Files.createDirectories(folder);
            RegistrationTransform transform = new RegistrationTransform(KNOWN.inVoxels(WINDOW), KNOWN.moved(WINDOW));
            NiftiWriter.write(transform.onto(LIVE), folder.resolve(TransformNames.FIELD));
            NiftiWriter.write(transform.inverse().field(), folder.resolve(TransformNames.INVERSE));
            Files.writeString(folder.resolve(TransformNames.POSE), TransformText.itk(KNOWN.pose()));
            Files.writeString(folder.resolve(TransformNames.POSE_RAS), TransformText.rasMatrix(KNOWN.pose()));
            return new Written(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each voxel tells its own x, y or z, LPS mm: what a linear interpolation of it gives is the place it was taken from. */
    static Path ramp(Path folder, Grid grid, int axis) {
        float[] values = new float[grid.size()];
        for (int k = 0, x = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++) {
                    Vector3 p = grid.affine().toLps(k, j, i);
                    values[x++] = (float) (axis == 0 ? p.x() : axis == 1 ? p.y() : p.z());
                }
            }
        }
        Path file = folder.resolve("ramp" + axis + ".nii");
        NiftiWriter.write(Volume.takeOwnershipOf(grid, values), file);
        return file;
    }

    /** @return where each voxel of three pulled ramps was taken from, LPS mm */
    static List<Vector3> places(Path x, Path y, Path z) {
        float[][] xyz = {NiftiReader.readVolume(x).values(), NiftiReader.readVolume(y).values(),
                NiftiReader.readVolume(z).values()};
        return IntStream.range(0, xyz[0].length)
                .mapToObj(n -> new Vector3(xyz[0][n], xyz[1][n], xyz[2][n])).toList();
    }

    /** @return the voxel centres, i fastest */
    static List<Vector3> centres(Grid grid) {
        Stream.Builder<Vector3> centres = Stream.builder();
        for (int k = 0; k < grid.depth(); k++) {
            for (int j = 0; j < grid.height(); j++) {
                for (int i = 0; i < grid.width(); i++) {
                    centres.add(grid.affine().toLps(k, j, i));
                }
            }
        }
        return centres.build().toList();
    }

    /** What a command did. */
    record Run(int code, String out, String err) {}

    static Run command(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new ToolsCli()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(Stream.of(words).map(Object::toString).toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }
}
