package org.regstream.service.dicomweb;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** In which form a client wants what it retrieves. */
enum Accepted {
    /** {@code multipart/related}, the standard's own. */
    MULTIPART,
    /** The bare object, where there is only one. */
    SINGLE;

    private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

    /**
     * @param types from the header Accept, the most wanted first
     * @param type  of the objects
     * @return empty if none of them can be had: objects are in explicit little endian and nothing else
     */
    static Optional<Accepted> of(List<MediaType> types, String type) {
        return types.stream().filter(Accepted::isSyntaxOurs).map(wanted -> of(wanted, MediaType.valueOf(type)))
                .flatMap(Optional::stream).findFirst();
    }

    private static Optional<Accepted> of(MediaType wanted, MediaType type) {
        if (wanted.isWildcardType() || wanted.getType().equalsIgnoreCase("multipart")) {
            String inner = wanted.getParameters().getOrDefault("type", "*/*");
            return inner.equals("*/*") || inner.equalsIgnoreCase(type.toString())
                    ? Optional.of(MULTIPART)
                    : Optional.empty();
        }
        return wanted.isCompatible(type) ? Optional.of(SINGLE) : Optional.empty();
    }

    private static boolean isSyntaxOurs(MediaType type) {
        String syntax = type.getParameters().getOrDefault("transfer-syntax", "*");
        return syntax.equals("*") || syntax.equals(EXPLICIT_LITTLE_ENDIAN);
    }
}
