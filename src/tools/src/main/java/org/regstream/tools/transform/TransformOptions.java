package org.regstream.tools.transform;

import java.nio.file.Path;
import org.regstream.core.transform.TransformText.Frame;
import picocli.CommandLine.Option;

/** What all commands ask of a transform. */
final class TransformOptions {

    @Option(names = "--transform", required = true, paramLabel = "DIR|FILE", description = {
            "a folder that register wrote; a displacement field in ITK's convention (.nii.gz: regstream, ANTs, plastimatch); "
                    + "an ITK affine (.tfm); or a 4 x 4 matrix in text. Each leads from the live (fixed) image to the "
                    + "pre-operative (moving) one, as all of them do that resample images"})
    Path transform;

    @Option(names = "--matrix", paramLabel = "FRAME", description = "axes of a 4 x 4 matrix, RAS or LPS (default: RAS, as mrtrix3)")
    Frame matrix = Frame.RAS;
}
