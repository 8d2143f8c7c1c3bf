package org.regstream.service.access;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestPath;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/** Every endpoint of the application that runs: resources, sockets and routes of the framework as they were registered, files as they lie. */
final class Endpoints {

    /** @param path such as it can be called; what is variable is 1 */
    record Endpoint(String method, String path) implements Comparable<Endpoint> {

        @Override
        public int compareTo(Endpoint other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return path + " " + method;
        }
    }

    private static final Path FILES = Path.of("src/main/resources/META-INF/resources");

    /** Built in for development and tests, switched off there too, and not packaged. */
    private static final Set<String> TESTS_ALONE = Set.of("/q/swagger-ui", "/q/health-ui");

    private Endpoints() {}

    static Set<Endpoint> all(Router router) throws IOException {
        Set<Endpoint> all = new TreeSet<>(resources());
        all.addAll(routes("", router));
        try (Stream<Path> files = Files.walk(FILES)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> all.add(new Endpoint("GET", "/" + FILES.relativize(file))));
        }
        return all;
    }

    private static Set<Endpoint> resources() {
        Set<Endpoint> found = new TreeSet<>();
        Deployment deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        List<RequestPath<InitialMatch>> paths = deployment.getClassMappers();
        RuntimeResourceVisitor.visitRuntimeResources("", paths, new RuntimeResourceVisitor() {
            @Override
            public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
                found.add(new Endpoint(method, ("/" + path).replaceAll("/+", "/").replaceAll("(?<=.)/$", "")
                        .replaceAll("\\{[^{}]*(\\{[^{}]*}[^{}]*)*}", "1")));
            }
        });
        return found;
    }

    /** Those of the framework hang in a router of their own, which a route of the main one holds and does not tell. */
    private static Set<Endpoint> routes(String mount, Router router) {
        Set<Endpoint> found = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            List<Router> inner = inner(route);
            String path = mount + Optional.ofNullable(route.getPath()).orElse("");
            inner.forEach(sub -> found.addAll(routes(path.replaceAll("/$", ""), sub)));
            if (inner.isEmpty() && route.getPath() != null && TESTS_ALONE.stream().noneMatch(path::startsWith)) {
                route(route, path).forEach(found::add);
            }
        }
        return found;
    }

    private static List<Router> inner(Route route) {
        try {
            Object state = read(route.getClass().getDeclaredField("state"), route);
            List<Router> found = new ArrayList<>();
            Object handlers = read(state.getClass().getDeclaredField("contextHandlers"), state);
            for (Object handler : handlers == null ? List.of() : (List<?>) handlers) {
                for (Field captured : handler.getClass().getDeclaredFields()) {
                    if (!Modifier.isStatic(captured.getModifiers())
                            && read(captured, handler) instanceof Router router) {
                        found.add(router);
                    }
                }
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("routes can no longer be looked into", e);
        }
    }

    private static Object read(Field field, Object of) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(of);
    }

    private static Stream<Endpoint> route(Route route, String called) {
        String path = called.replaceAll(":[A-Za-z]+", "1");
        return route.methods() == null
                ? Stream.of(new Endpoint("GET", path))
                : route.methods().stream().map(method -> new Endpoint(method.name(), path));
    }
}
