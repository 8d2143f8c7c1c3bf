package org.regstream.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Hands bytes on in both directions and cuts the connection after so many of the sender's: a cable that is pulled. */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final int bytes;

    private CuttingProxy(ServerSocket listener, int target, int bytes) {
        this.listener = listener;
        this.target = target;
        this.bytes = bytes;
    }

    static CuttingProxy to(int port, int bytes) throws IOException {
        CuttingProxy proxy = new CuttingProxy(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), port, bytes);
        daemon(proxy::serve);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        try (Socket sender = listener.accept(); Socket receiver = new Socket(TestSettings.HOST, target)) {
            daemon(() -> handOn(receiver, sender, Integer.MAX_VALUE));
            handOn(sender, receiver, bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void handOn(Socket from, Socket to, int most) {
        byte[] buffer = new byte[4096];
        try {
            InputStream in = from.getInputStream();
            int left = most;
            int n = in.read(buffer);
            while (n >= 0 && left > 0) {
                to.getOutputStream().write(buffer, 0, n);
                left -= n;
                n = in.read(buffer);
            }
        } catch (IOException e) {
            // the other direction was cut
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
