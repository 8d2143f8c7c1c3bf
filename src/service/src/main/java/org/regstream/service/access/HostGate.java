package org.regstream.service.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.regstream.service.config.RegstreamSettings;

/**
 * Before anybody is asked who they are: by which name is the service called, and from which page? A browser that is logged in, or that only
 * runs on this machine, must not do what a page of another site wants. Programs, which send no {@code Origin}, are as welcome as before.
 */
@ApplicationScoped
public class HostGate {

    private static final int BEFORE_ALL = 400;
    private static final int FORBIDDEN = 403;
    private static final int MISDIRECTED = 421;
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final AllowedHosts hosts;

    HostGate(RegstreamSettings settings, @ConfigProperty(name = AccessMode.HOST) String bound) {
        this.hosts = new AllowedHosts(bound, settings.access().hosts().orElse(List.of()));
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_ALL);
    }

    private void handle(RoutingContext request) {
        HttpServerRequest called = request.request();
        if (!isAllowed(called)) {
            refuse(request, MISDIRECTED, "not a name of this service",
                    "called by a name that is not allowed; call it by address or localhost, or add the name to regstream.access.hosts");
        } else if (isChange(called) && !isFromHere(called)) {
            refuse(request, FORBIDDEN, "a page of another site",
                    "a browser sent this for a page of another site; a proxy in between must hand on the Host header");
        } else {
            request.next();
        }
    }

    /** Without a Host it is no browser. */
    private boolean isAllowed(HttpServerRequest called) {
        HostAndPort authority = called.authority();
        return authority == null ? !called.headers().contains(HttpHeaderNames.HOST) : hosts.allows(authority.host());
    }

    /** A WebSocket is opened by a GET, and any page may open one. */
    private static boolean isChange(HttpServerRequest called) {
        return !READS.contains(called.method().name()) || called.headers().contains(HttpHeaderNames.UPGRADE);
    }

    private static boolean isFromHere(HttpServerRequest called) {
        String site = called.getHeader("Sec-Fetch-Site");
        return (site == null || OWN_SITES.contains(site)) && called.headers().getAll(HttpHeaderNames.ORIGIN).stream()
                .allMatch(origin -> isSame(origin, called.authority()));
    }

    static boolean isSame(String origin, HostAndPort authority) {
        try {
            URI page = URI.create(origin);
            return page.getHost() != null && authority != null && page.getHost().equalsIgnoreCase(authority.host())
                    && port(page) == (authority.port() < 0 ? standard(page) : authority.port());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI page) {
        return page.getPort() < 0 ? standard(page) : page.getPort();
    }

    private static int standard(URI page) {
        return "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
    }

    private static void refuse(RoutingContext request, int status, String title, String detail) {
        request.response().setStatusCode(status).putHeader(HttpHeaderNames.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaderNames.CONNECTION, "close")
                .end(new JsonObject().put("type", "urn:regstream:problem:not-from-here").put("title", title)
                        .put("status", status).put("detail", detail).toBuffer())
                .onComplete(done -> request.request().connection().close());
    }
}
