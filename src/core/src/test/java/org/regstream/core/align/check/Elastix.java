package org.regstream.core.align.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regstream.core.align.Pose;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiWriter;

/** Debian's elastix on the same images, one thread: rigid, Mattes mutual information, 4 levels, 500 iterations each. */
record Elastix(Path folder) {

    private static final String SETTINGS = """
            (FixedInternalImagePixelType "float")
            (MovingInternalImagePixelType "float")
            (FixedImageDimension 3)
            (MovingImageDimension 3)
            (UseDirectionCosines "true")
            (Registration "MultiResolutionRegistration")
            (Interpolator "LinearInterpolator")
            (ResampleInterpolator "FinalBSplineInterpolator")
            (Resampler "DefaultResampler")
            (FixedImagePyramid "FixedRecursiveImagePyramid")
            (MovingImagePyramid "MovingRecursiveImagePyramid")
            (Optimizer "AdaptiveStochasticGradientDescent")
            (Transform "EulerTransform")
            (Metric "AdvancedMattesMutualInformation")
            (AutomaticScalesEstimation "true")
            (AutomaticTransformInitialization "true")
            (AutomaticTransformInitializationMethod "CenterOfGravity")
            (NumberOfHistogramBins 32)
            (NumberOfResolutions 4)
            (MaximumNumberOfIterations 500)
            (NumberOfSpatialSamples 4000)
            (NewSamplesEveryIteration "true")
            (ImageSampler "Random")
            (WriteResultImage "false")
            """;

    /** @param seconds of processor time, with reading the files. @param pose from the fixed to the moving image */
    record Run(double seconds, Pose pose) {}

    Run run(Volume fixed, Path moving) throws IOException, InterruptedException {
        Path image = folder.resolve("fixed.nii.gz");
        Path settings = folder.resolve("settings.txt");
        NiftiWriter.write(fixed, image);
        Files.writeString(settings, SETTINGS);
        Process process = new ProcessBuilder("sh", "-c",
                "elastix -threads 1 -f \"$1\" -m \"$2\" -p \"$3\" -out \"$4\" >\"$4/out\" 2>&1;"
                        + " times",
                "sh", image.toString(), moving.toString(), settings.toString(), folder.toString())
                .redirectErrorStream(true).start();
        String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new Run(childSeconds(times), pose(Files.readString(folder.resolve("TransformParameters.0.txt"))));
    }

    /** The shell's second line: user and system time of its children, such as {@code 0m21.5s 0m0.3s}. */
    private static double childSeconds(String times) {
        double sum = 0;
        Matcher m = Pattern.compile("(\\d+)m([\\d.]+)s").matcher(times.split("\n")[1]);
        while (m.find()) {
            sum += 60 * Double.parseDouble(m.group(1)) + Double.parseDouble(m.group(2));
        }
        return sum;
    }

    /** Turns about z, x and y (the last one first) around a centre, then a shift; LPS mm. */
    private static Pose pose(String parameters) {
        double[] p = numbers(parameters, "TransformParameters");
        double[] c = numbers(parameters, "CenterOfRotationPoint");
        Vector3 centre = new Vector3(c[0], c[1], c[2]);
        return Pose.rotation(new Vector3(0, 0, p[2])).after(Pose.rotation(new Vector3(p[0], 0, 0)))
                .after(Pose.rotation(new Vector3(0, p[1], 0)))
                .taking(centre, centre.plus(new Vector3(p[3], p[4], p[5])));
    }

    private static double[] numbers(String parameters, String key) {
        Matcher m = Pattern.compile("\\(" + key + " ([^)]*)\\)").matcher(parameters);
        if (!m.find()) {
            throw new IllegalStateException("elastix wrote no " + key);
        }
        return Arrays.stream(m.group(1).trim().split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
