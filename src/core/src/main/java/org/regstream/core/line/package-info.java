/**
 * One procedure at work: one state, and {@code step(state, event) -> state, effects}. No clock, no thread, no I/O: time comes with each event, and whoever owns the
 * state carries the effects out and answers with events. Decision 0023 draws it.
 */
package org.regstream.core.line;
