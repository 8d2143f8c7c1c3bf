package org.regstream.core.line;

import org.regstream.core.pipeline.Seen;

/**
 * What a network has seen, with all its voxels, and the objects made of it: a procedure hands it on to those who show and publish it, and decides by
 * {@link Sight} alone. So whoever replays its events needs no image.
 *
 * @param seen    the network's view
 * @param objects what is published of it
 * @param figures what is told of it
 */
public record Payload(Seen seen, EncodedResult objects, ResultFigures figures) {

    public Payload(Seen seen, EncodedResult objects) {
        this(seen, objects, ResultFigures.of(seen));
    }

    /** @return the same labels with those of the other objects that can be handed out */
    Payload keeping(long maxObjectBytes) {
        return new Payload(seen, objects.keeping(object -> object.dicom().length <= maxObjectBytes), figures);
    }
}
