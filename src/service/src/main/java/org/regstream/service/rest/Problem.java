package org.regstream.service.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Why a request was refused, after RFC 9457 (problem details).
 *
 * @param type   names the kind of problem
 * @param title  the kind in words
 * @param status HTTP status
 * @param detail what was got, what was expected, what to do; no patient identity
 */
public record Problem(String type, String title, int status, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** @param kind a fixed word; becomes the type */
    static Response response(int status, String kind, String title, String detail) {
        return Response.status(status).type(MediaType.valueOf(MEDIA_TYPE))
                .entity(new Problem("urn:regstream:problem:" + kind, title, status, detail)).build();
    }
}
