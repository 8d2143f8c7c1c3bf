package org.regstream.core.alert;

import java.util.Optional;

/** Whether a source shows one image again and again under new names and times. Not thread-safe: a part of {@link AlertPolicy}. */
final class FrozenRule {

    /** So often an image is repeated before it is told: a volume that a sender sends twice is none. */
    static final int REPEATS = 3;

    /** What the latest volume showed. */
    private record Shown(String volumeId, long pixels) {}

    private Optional<Shown> last = Optional.empty();
    private int repeats;
    private boolean isMoving;

    /**
     * @param pixels digest of a volume's pixels
     * @return what is wrong, for the operator; empty if nothing is told
     */
    Optional<String> doubt(String volumeId, long pixels) {
        if (last.filter(shown -> shown.volumeId.equals(volumeId)).isEmpty()) {
            isMoving = last.filter(shown -> shown.pixels != pixels).isPresent();
            repeats = last.isPresent() && !isMoving ? repeats + 1 : 0;
        }
        last = Optional.of(new Shown(volumeId, pixels));
        return repeats >= REPEATS
                ? Optional.of("The last " + (repeats + 1) + " live volumes show the same image, pixel by pixel: "
                        + "the scanner or its sender repeats an old one.")
                : Optional.empty();
    }

    /** Whether the image is known to be another than that of the volume before. */
    boolean isMoving() {
        return isMoving;
    }
}
