/**
 * What happened to a procedure, step by step, as lines of text that hold no pixel and no identity, and that replay it exactly. Decision 0026 says what is in them.
 */
package org.regstream.eventlog;
