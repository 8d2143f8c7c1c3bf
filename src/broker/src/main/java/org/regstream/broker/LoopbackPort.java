package org.regstream.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine that only this machine reaches. */
public final class LoopbackPort {

    public static final String HOST = "127.0.0.1";

    private LoopbackPort() {}

    /**
     * Looks whether a port can be used. Between the look and the use another program may take it.
     *
     * @param port 0 for any free one
     * @return the port, or the free one
     * @throws BrokerException if it is taken
     */
    public static int free(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new BrokerException("port " + port + " of " + HOST
                    + " is taken; stop the program that uses it or choose another port (0 for any free one)", e);
        }
    }
}
