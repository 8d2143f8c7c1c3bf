package org.regstream.service.rest;

/**
 * Somebody takes note of an alert.
 *
 * @param by      who, 1 to 64 printable characters, not of a patient; does not count where somebody is logged in
 * @param minutes for how long, 1 to 240
 */
public record AcknowledgementRequest(String by, int minutes) {}
