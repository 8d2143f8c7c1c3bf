package org.regstream.core.pipeline;

/** Why the pre-operative image lies over the live one as it does when registration starts. */
public enum PoseBasis {
    /** The procedure says how. */
    PROCEDURE,
    /** By patient coordinates: no other pose explains the images better. */
    HEADERS,
    /** As the images show, other than their headers say. */
    IMAGES,
    /** By the frame of reference that both share: what the images show speaks neither for it nor for anything else. */
    HEADERS_UNCONFIRMED
}
