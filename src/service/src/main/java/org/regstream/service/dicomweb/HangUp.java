package org.regstream.service.dicomweb;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Ends the connection of a client who is refused in the middle of a body: the rest of it is not wanted, and may never come. */
public class HangUp {

    /** Too slow, too large. */
    private static final Set<Integer> UNFINISHED = Set.of(408, 413);

    @ServerResponseFilter
    public void close(ContainerResponseContext response, RoutingContext exchange) {
        if (UNFINISHED.contains(response.getStatus())) {
            exchange.addEndHandler(sent -> exchange.request().connection().close());
        }
    }
}
