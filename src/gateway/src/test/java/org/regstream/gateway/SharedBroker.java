package org.regstream.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands one broker to all tests of the run that ask for it. */
final class SharedBroker implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BrokerProcess.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedBroker.class))
                .computeIfAbsent(Running.class, key -> new Running(), Running.class).broker;
    }

    /** Ended by JUnit after the last test. */
    private static final class Running implements AutoCloseable {
        private final Path folder;
        private final BrokerProcess broker;

        Running() {
            try {
                folder = Files.createTempDirectory("gateway-broker-");
                broker = BrokerProcess.start(folder);
            } catch (Exception e) {
                throw new IllegalStateException("no broker for the tests", e);
            }
        }

        @Override
        public void close() throws IOException {
            broker.close();
            Folders.delete(folder);
        }
    }
}
