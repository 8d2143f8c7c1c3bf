package org.regstream.demo;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.regstream.core.line.Network;

/** What a display receives. */
sealed interface DisplayEvent {

    /** @return {@link System#nanoTime()} when it arrived */
    long arrivedNanos();

    /**
     * Labels of one volume.
     *
     * @param eventId       names the event: what a receipt says is on a screen
     * @param source        the network they come from
     * @param segmentation  DICOM Part 10 bytes. Not to be modified
     * @param queueMillis   waiting for the network, which was busy with another volume, as the event tells
     * @param modelMillis   the network alone, as the event tells
     * @param fieldMillis   fitting and choosing the field, as the event tells
     * @param predictedDice structure to the Dice that the event tells to expect; empty if it tells none
     */
    record Labels(String eventId, Network source, byte[] segmentation, double queueMillis,
            double modelMillis, double fieldMillis, Map<String, Double> predictedDice,
            long arrivedNanos) implements DisplayEvent {
        @Override
        public String toString() {
            return "Labels of " + segmentation.length + " bytes";
        }
    }

    /**
     * An alert.
     *
     * @param code      such as {@code LABEL_UNCERTAIN}
     * @param phase     what happened to it, such as {@code RAISED}
     * @param structure the structure it concerns, empty text if the whole volume
     * @param sentence  for the operator
     */
    record Alert(String code, String phase, String structure, String sentence, long arrivedNanos)
            implements
                DisplayEvent {

        private static final Set<String> REPEATS = Set.of("CONTINUED", "UPDATED");

        /** Whether it came, became more urgent or went, instead of only going on. */
        boolean isNews() {
            return !REPEATS.contains(phase);
        }

        /** As short as a line of a table needs it. */
        String brief() {
            return code + (structure.isEmpty() ? "" : " " + structure)
                    + (phase.equals("RAISED") ? "" : " (" + phase.toLowerCase(Locale.ROOT) + ")");
        }
    }
}
