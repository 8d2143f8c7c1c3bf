package org.regstream.benchmarks.kill;

import java.io.IOException;
import java.nio.file.Path;
import org.regstream.broker.EmbeddedBroker;

/** The broker as a process of its own, so that it can be killed. Ends with the process that has started it, whose end closes its input. */
public final class BrokerMain {

    private BrokerMain() {}

    /** @param args folder of the records, loopback port */
    public static void main(String[] args) throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]),
                EmbeddedBroker.DEFAULT_TIMEOUT);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop"));
        System.in.transferTo(System.out);
        System.exit(0);
    }
}
