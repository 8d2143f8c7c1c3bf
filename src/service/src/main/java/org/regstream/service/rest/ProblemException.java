package org.regstream.service.rest;

import jakarta.ws.rs.core.Response;
import org.regstream.core.memory.OverdrawnException;

/** A request that is refused with a {@link Problem}. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String kind;
    private final String title;

    /** @param kind a fixed word, see {@link Problem} */
    public ProblemException(int status, String kind, String title, String detail) {
        super(detail);
        this.status = status;
        this.kind = kind;
        this.title = title;
    }

    public Response toResponse() {
        return Problem.response(status, kind, title, getMessage());
    }

    static ProblemException notFound(String id) {
        return new ProblemException(404, "not-found", "no such procedure",
                "no procedure " + id + "; GET /procedures lists those there are");
    }

    static ProblemException noAlert(String alertId) {
        return new ProblemException(404, "no-alert", "no such open alert", "no alert " + alertId
                + " is open; it may be over: GET /procedures/{procedure}/alerts lists those that are");
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(400, "bad-request", "not a valid request", detail);
    }

    static ProblemException exists(String id) {
        return new ProblemException(409, "exists", "procedure exists",
                "procedure " + id + " exists already; DELETE /procedures/" + id + " first, or choose another id");
    }

    static ProblemException overlaps(String id, String rival) {
        return new ProblemException(409, "overlaps", "live frames of another procedure",
                "procedure " + id + " selects live frames that procedure " + rival
                        + " selects too, and then neither would get them; "
                        + "narrow its selector, or DELETE /procedures/" + rival + " first");
    }

    static ProblemException notTaken(String id) {
        return new ProblemException(409, "not-taken", "procedure not taken in", "procedure " + id
                + " was written, and ended by somebody or without room before it began; GET /q/health/ready may tell more, then send it again");
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(422, "invalid", "not a valid procedure", detail);
    }

    /** What is too large stays so; else it may fit later. */
    static ProblemException overdrawn(OverdrawnException e) {
        return e.isTooLarge()
                ? new ProblemException(413, "too-large", "more than there is memory for", e.getMessage())
                : new ProblemException(503, "no-memory", "no memory at the moment", e.getMessage());
    }

    static ProblemException unavailable(String detail) {
        return new ProblemException(503, "unavailable", "the broker did not take the change in time", detail);
    }
}
