package org.regstream.service.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A cable that can be pulled: passes bytes between browser and service until it is cut; a cut connection is silent, not closed. */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int target;
    private volatile boolean isCut;

    /** @param target port of the service */
    Relay(int target) throws IOException {
        this.target = target;
        daemon(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What is sent from now on does not arrive; new connections get no answer. */
    void cut() {
        isCut = true;
    }

    /** New connections work again; what was sent in between is lost with its connections. */
    void mend() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        isCut = false;
    }

    private void listen() {
        try {
            while (true) {
                Socket browser = listener.accept();
                Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(browser);
                sockets.add(service);
                daemon(() -> pass(browser, service));
                daemon(() -> pass(service, browser));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!isCut) {
                    out.write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // one end has gone
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
