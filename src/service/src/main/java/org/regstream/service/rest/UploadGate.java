package org.regstream.service.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.regstream.service.config.RegstreamSettings;

/**
 * So many requests with a body at a time, uploads of procedures counted for themselves. Each holds a thread of those that answer until its last byte is there;
 * without a bound, clients that stop in the middle would leave none to tell that this service is alive. Decides on the thread that reads, before a body is waited for.
 */
@ApplicationScoped
public class UploadGate {

    /** After it is known who asks (100): a turn is for those who may have it. */
    private static final int BEFORE_ROUTES = 50;
    private static final String UPLOADS = "/procedures";
    /** What is stored here has turns of its own. */
    private static final String INSTANCES = "/dicomweb/";
    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH,
            HttpMethod.DELETE);
    /** Such as who takes note of an alert: a few hundred bytes each. */
    private static final int MOST_OTHERS = 32;
    private static final String RETRY_SECONDS = "5";

    /** @param under way now */
    private record Turns(String what, int most, AtomicInteger under) {}

    private final Turns uploads;
    private final Turns others = new Turns("requests", MOST_OTHERS, new AtomicInteger());

    UploadGate(RegstreamSettings settings) {
        this.uploads = new Turns("procedures", settings.procedures().maxUploads(), new AtomicInteger());
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_ROUTES);
    }

    private void handle(RoutingContext request) {
        String path = request.normalizedPath();
        if (!WITH_BODY.contains(request.request().method()) || path.startsWith(INSTANCES)) {
            request.next();
        } else {
            boolean isUpload = path.equals(UPLOADS) || path.equals(UPLOADS + "/");
            take(request, isUpload ? uploads : others);
        }
    }

    private static void take(RoutingContext request, Turns turns) {
        if (turns.under.incrementAndGet() > turns.most) {
            turns.under.decrementAndGet();
            refuse(request, turns);
        } else {
            request.addEndHandler(over -> turns.under.decrementAndGet());
            request.next();
        }
    }

    /** Its body is not waited for, so the connection cannot be used any more. */
    private static void refuse(RoutingContext request, Turns turns) {
        Problem problem = new Problem("urn:regstream:problem:busy", "too much at a time", 503,
                turns.most + " " + turns.what + " are being sent already; send again");
        request.response().setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Retry-After", RETRY_SECONDS).putHeader("Connection", "close")
                .end(Json.encodeToBuffer(problem)).onComplete(done -> request.request().connection().close());
    }
}
