package org.regstream.service.wiring;

/** Names this run of the service. */
record RunId(String id) {}
