package org.regstream.core.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.regstream.core.DecodeException;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Ras;
import org.regstream.core.geometry.Vector3;

/**
 * A matrix in two files of text: ITK's transform file, LPS mm, and four rows of four numbers. Both take places of the fixed image
 * to the moving one.
 */
public final class TransformText {

    /** Whose axes a matrix of plain numbers means: nothing in it says so. */
    public enum Frame {
        /** As ITK and DICOM: left, back, up. */
        LPS,
        /** As NIfTI, mrtrix3 and nibabel: right, front, up. */
        RAS
    }

    private static final String ITK_FIRST = "#Insight Transform File V1.0";
    private static final String ITK_TYPE = "Transform:";
    private static final String ITK_PARAMETERS = "Parameters:";
    private static final String ITK_CENTRE = "FixedParameters:";

    /** What holds a matrix, a shift and a centre; all readers that were tried respect the centre of the first. */
    private static final List<String> AFFINE = List.of("AffineTransform_double_3_3", "AffineTransform_float_3_3",
            "MatrixOffsetTransformBase_double_3_3", "MatrixOffsetTransformBase_float_3_3");

    private TransformText() {}

    /** @return {@code AffineTransform_double_3_3} about the origin */
    public static String itk(Pose pose) {
        return ITK_FIRST + "\n#Transform 0\n" + ITK_TYPE + " " + AFFINE.get(0) + "\n" + ITK_PARAMETERS + " "
                + words(Stream.of(pose.rowX(), pose.rowY(), pose.rowZ(), pose.shift())
                        .flatMapToDouble(TransformText::parts))
                + "\n" + ITK_CENTRE + " 0 0 0\n";
    }

    /** @param lines of an ITK transform file
     *  @throws DecodeException if it is none, or holds something else than one affine */
    public static Pose readItk(List<String> lines) {
        List<String> types = values(lines, ITK_TYPE);
        if (!isItk(lines) || types.isEmpty()) {
            throw new DecodeException("an ITK transform file must begin with '" + ITK_FIRST
                    + "' and name its transform, got something else; binary files (.mat, .h5) must be written as .tfm first");
        }
        if (types.size() != 1 || !AFFINE.contains(types.get(0))) {
            throw new DecodeException("an ITK transform file must hold one " + AFFINE.get(0) + ", got "
                    + String.join(" and ", types)
                    + "; compose the transforms into one affine, or write them as a displacement field");
        }
        double[] p = numbers(values(lines, ITK_PARAMETERS), 12, ITK_PARAMETERS);
        double[] c = numbers(values(lines, ITK_CENTRE), 3, ITK_CENTRE);
        Vector3 centre = new Vector3(c[0], c[1], c[2]);
        return pose(new Vector3(p[0], p[1], p[2]), new Vector3(p[3], p[4], p[5]), new Vector3(p[6], p[7], p[8]),
                new Vector3(0, 0, 0))
                .taking(centre, centre.plus(new Vector3(p[9], p[10], p[11])));
    }

    /** Whether these are the lines of an ITK transform file. */
    public static boolean isItk(List<String> lines) {
        return !lines.isEmpty() && lines.get(0).startsWith("#Insight Transform File");
    }

    /** @return comments, and four rows of four numbers, RAS mm */
    public static String rasMatrix(Pose pose) {
        Pose ras = turned(pose);
        return "# live (fixed) to pre-operative (moving) image, RAS mm, as mrtransform -linear takes it\n"
                + row(ras.rowX(), ras.shift().x()) + row(ras.rowY(), ras.shift().y())
                + row(ras.rowZ(), ras.shift().z()) + "0.0 0.0 0.0 1.0\n";
    }

    /**
     * @param lines four rows of four numbers, apart by blanks or commas; what follows a # is a comment
     * @param frame of the numbers
     * @throws DecodeException if they are something else
     */
    public static Pose readMatrix(List<String> lines, Frame frame) {
        List<double[]> rows = new ArrayList<>();
        for (String line : lines) {
            String text = line.replaceFirst("#.*", "").strip();
            if (!text.isEmpty()) {
                rows.add(numbers(List.of(text), 4, "a row of the matrix"));
            }
        }
        double[] last = rows.size() == 4 ? rows.get(3) : new double[4];
        if (last[0] != 0 || last[1] != 0 || last[2] != 0 || last[3] != 1) {
            throw new DecodeException(
                    "a matrix must have four rows of four numbers, the last 0 0 0 1, got " + rows.size()
                            + " rows" + (rows.size() == 4 ? " with another last one" : ""));
        }
        Vector3[] r = new Vector3[3];
        double[] shift = new double[3];
        for (int n = 0; n < 3; n++) {
            r[n] = new Vector3(rows.get(n)[0], rows.get(n)[1], rows.get(n)[2]);
            shift[n] = rows.get(n)[3];
        }
        Pose pose = pose(r[0], r[1], r[2], new Vector3(shift[0], shift[1], shift[2]));
        return frame == Frame.RAS ? turned(pose) : pose;
    }

    private static Pose pose(Vector3 x, Vector3 y, Vector3 z, Vector3 shift) {
        try {
            return new Pose(x, y, z, shift);
        } catch (IllegalArgumentException e) {
            throw new DecodeException("the matrix cannot be inverted: " + e.getMessage(), e);
        }
    }

    /** The same map in the other frame; its own inverse. */
    private static Pose turned(Pose p) {
        Vector3 x = Ras.flip(p.rowX()).times(-1);
        Vector3 y = Ras.flip(p.rowY()).times(-1);
        return new Pose(plain(x), plain(y), plain(Ras.flip(p.rowZ())), plain(Ras.flip(p.shift())));
    }

    /** Without negative zeros. */
    private static Vector3 plain(Vector3 v) {
        return new Vector3(v.x() + 0.0, v.y() + 0.0, v.z() + 0.0);
    }

    private static String row(Vector3 row, double shift) {
        return words(DoubleStream.concat(parts(row), DoubleStream.of(shift))) + "\n";
    }

    private static DoubleStream parts(Vector3 v) {
        return DoubleStream.of(v.x(), v.y(), v.z());
    }

    /** All digits that a double has; no negative zero. */
    private static String words(DoubleStream numbers) {
        return numbers.mapToObj(x -> Double.toString(x + 0.0)).collect(Collectors.joining(" "));
    }

    private static List<String> values(List<String> lines, String key) {
        return lines.stream().filter(line -> line.startsWith(key)).map(line -> line.substring(key.length()).strip())
                .toList();
    }

    private static double[] numbers(List<String> texts, int count, String what) {
        String[] words = texts.isEmpty() ? new String[0] : texts.get(0).strip().split("[\\s,]+");
        double[] numbers = new double[words.length];
        try {
            for (int n = 0; n < words.length; n++) {
                numbers[n] = Double.parseDouble(words[n]);
            }
        } catch (NumberFormatException e) {
            numbers = new double[0];
        }
        if (numbers.length != count || !DoubleStream.of(numbers).allMatch(Double::isFinite)) {
            throw new DecodeException(String.format(Locale.ROOT, "%s must hold %d numbers, got '%s'", what, count,
                    texts.isEmpty() ? "" : texts.get(0)));
        }
        return numbers;
    }
}
