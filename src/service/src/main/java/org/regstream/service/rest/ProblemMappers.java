package org.regstream.service.rest;

import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals as {@link Problem}. */
public class ProblemMappers {

    @ServerExceptionMapper
    public Response refused(ProblemException e) {
        return e.toResponse();
    }
}
