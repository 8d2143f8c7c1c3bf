package org.regstream.onnx;

import java.io.IOException;
import java.nio.file.Path;

import org.regstream.core.ModelException;
import org.regstream.core.model.ModelManifest;

/**
 * What the exported ensemble must give for the input of the package's {@link GoldenPair}: {@code golden/ensemble.npz},
 * readable by numpy, at the same voxels. Means over the members only: all members would make a large file.
 *
 * <pre>
 * displacement    f4 [3, d, h, w]   voxels of the window, (k, j, i)
 * expected_error  f4 [1, d, h, w]   voxels of the window
 * outline         f4 [C, d, h, w]
 * moving_outline  f4 [C, d, h, w]
 * </pre>
 *
 * They agree within the tolerances of {@link GoldenPair}.
 */
public final class GoldenEnsemble {

    /** Name inside the package folder, as the manifest lists it. */
    public static final String FILE = "golden/ensemble.npz";

    private final GoldenPair pair;
    private final GoldenOutputs means;

    private GoldenEnsemble(GoldenPair pair, GoldenOutputs means) {
        this.pair = pair;
        this.means = means;
    }

    /**
     * Runs an ensemble on the input of a golden pair and keeps the mean of what it returns.
     *
     * @param ensemble the reference whose outputs are right by definition
     */
    public static GoldenEnsemble record(GoldenPair pair, GoldenPair.Network ensemble) {
        return new GoldenEnsemble(pair, GoldenOutputs.of(pair.on(ensemble), pair.samples()));
    }

    /** Writes {@link #FILE} into a package folder; the same outputs give the same bytes. */
    public void write(Path packageFolder) {
        Npz npz = new Npz();
        means.write(npz);
        GoldenPair.write(npz, packageFolder.resolve(FILE));
    }

    /** @param file for messages only */
    static GoldenEnsemble decode(byte[] bytes, Path file, ModelManifest manifest, GoldenPair pair) {
        try {
            Npz npz = Npz.decode(bytes, (int) GoldenPair.MAX_FILE_BYTES);
            return new GoldenEnsemble(pair, GoldenOutputs.read(npz, manifest.channels(), pair.samples()));
        } catch (IOException e) {
            throw new ModelException(file + " is not the golden file of the ensemble of " + manifest.id() + ": "
                    + e.getMessage() + "; export the package again, or restore the file", e);
        }
    }

    /**
     * Runs an ensemble on the pair and compares all samples of its means.
     *
     * @throws ModelException with the largest difference, where it is and the tolerance, if one is exceeded
     */
    public void check(GoldenPair.Network ensemble) {
        means.check(pair.on(ensemble));
    }
}
