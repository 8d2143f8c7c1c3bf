package org.regstream.service.line;

import org.regstream.core.procedure.Procedure;

/**
 * A procedure as it stands on the topic.
 *
 * @param procedure decoded
 * @param digest    SHA-256 of its bundle, lower-case hexadecimal: results follow from it
 */
public record KnownProcedure(Procedure procedure, String digest) {

    public String id() {
        return procedure.id();
    }
}
