package org.regstream.benchmarks.kill;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.regstream.core.geometry.Affine;
import org.regstream.core.geometry.Grid;
import org.regstream.core.geometry.Vector3;
import org.regstream.core.volume.LabelMap;
import org.regstream.core.volume.Volume;
import org.regstream.core.volume.nifti.NiftiWriter;

/** A bright box in the dark, as small as the tiny network wants it. */
final class Patient {

    private static final Grid GRID = new Grid(8, 12, 12, Affine.axisAligned(new Vector3(10, -20, 30), 1, 1, 1));
    private static final float DARK = 100;
    private static final float BRIGHT = 900;
    private static final float NOISE = 40;

    private static final LabelMap LABELS = labels();

    private Patient() {}

    /** @param boundary of the parts
     *  @return the body of {@code POST /procedures}, laid middle on middle over the live images of a study */
    static byte[] upload(String boundary, String procedure, String study) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        head(body, boundary, "name=\"procedure\"");
        text(body, "{\"schema\": 1, \"id\": \"" + procedure + "\", \"alignment\": \"CENTRES\", "
                + "\"live\": {\"studyInstanceUid\": \"" + study + "\"}}");
        head(body, boundary, "name=\"preoperative\"; filename=\"preoperative.nii\"");
        NiftiWriter.write(image(1, new Random(1)), body);
        head(body, boundary, "name=\"labels\"; filename=\"labels.nii\"");
        NiftiWriter.write(LABELS, body);
        text(body, "\r\n--" + boundary + "--\r\n");
        return body.toByteArray();
    }

    /** @param contrast of the box, 1 as before the operation */
    static Volume image(double contrast, Random noise) {
        float[] values = new float[GRID.size()];
        for (int x = 0; x < values.length; x++) {
            values[x] = (float) (DARK + contrast * (BRIGHT - DARK) * LABELS.labels()[x] + NOISE * noise.nextDouble());
        }
        return Volume.takeOwnershipOf(GRID, values);
    }

    private static LabelMap labels() {
        byte[] labels = new byte[GRID.size()];
        for (int k = 3; k < GRID.depth() - 3; k++) {
            for (int j = 4; j < GRID.height() - 4; j++) {
                for (int i = 5; i < GRID.width() - 5; i++) {
                    labels[GRID.offset(k, j, i)] = 1;
                }
            }
        }
        return LabelMap.takeOwnershipOf(GRID, labels);
    }

    private static void head(ByteArrayOutputStream body, String boundary, String disposition) {
        text(body, "\r\n--" + boundary + "\r\ncontent-disposition: form-data; " + disposition + "\r\n\r\n");
    }

    private static void text(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
