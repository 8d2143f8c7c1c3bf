package org.regstream.service.rest;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals as {@link Problem}. */
final class ProblemMappers {

    private ProblemMappers() {}

    @ServerExceptionMapper
    static Response refused(ProblemException e) {
        return e.toResponse();
    }
}
