package org.regstream.core.alert;

/** What has just happened to an alert; after the phases of IEC 60601-1-8 as IHE describes them. */
public enum AlertPhase {
    /** It asks for attention: its condition has begun, or its acknowledgement has run out while the condition holds. */
    RAISED,
    /** Nothing new; repeated so that whoever missed it learns of it. */
    CONTINUED,
    /** Other figures or another state; no more and no less urgent than before. */
    UPDATED,
    /** More urgent than before: it asks for attention again, an acknowledgement is void. */
    ESCALATED,
    /** Less urgent than before. */
    DEESCALATED,
    /** Somebody has taken note, until the time that is told. */
    ACKNOWLEDGED,
    /** It is over. */
    CLEARED
}
