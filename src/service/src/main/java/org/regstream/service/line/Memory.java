package org.regstream.service.line;

import org.regstream.core.ConfigurationException;
import org.regstream.core.memory.Purse;

/**
 * How the heap is shared out. What is in none of these is left for networks, objects on their way and the virtual machine.
 *
 * @param procedures images and labels of the procedures that are known
 * @param uploads    what is sent for a procedure, until it is on the topic
 * @param frames     bytes for frames until their result is out, as they came and decoded
 */
public record Memory(Purse procedures, Purse uploads, long frames) {

    private static final int MOST_PERCENT = 85;

    /**
     * Of the heap as large as this virtual machine may make it.
     *
     * @throws ConfigurationException if a share is not positive, or too little is left for everything else
     */
    public static Memory ofHeap(int proceduresPercent, int uploadsPercent, int framesPercent) {
        int least = Math.min(proceduresPercent, Math.min(uploadsPercent, framesPercent));
        if (least < 1 || (long) proceduresPercent + uploadsPercent + framesPercent > MOST_PERCENT) {
            throw new ConfigurationException(
                    "regstream.memory.* must be percentages of at least 1 and together at most "
                            + MOST_PERCENT + ", got procedures " + proceduresPercent + ", uploads " + uploadsPercent
                            + ", frames " + framesPercent);
        }
        return new Memory(new Purse("procedures", Purse.shareOfHeap(proceduresPercent)),
                new Purse("uploads", Purse.shareOfHeap(uploadsPercent)), Purse.shareOfHeap(framesPercent));
    }
}
