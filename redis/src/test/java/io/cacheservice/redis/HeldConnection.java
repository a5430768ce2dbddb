package io.cacheservice.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a server on which what the first connection sends can be kept back, and delivered even after its client has
 * closed it, as a network may; later connections pass.
 */
final class HeldConnection implements AutoCloseable {
    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch firstHasEnded = new CountDownLatch(1);
    private final CountDownLatch holdsBytes = new CountDownLatch(1);
    private volatile boolean holding;

    HeldConnection(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        daemon(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** From now on what the first connection sends is kept back. */
    void hold() {
        holding = true;
    }

    void awaitHeldBytes() throws InterruptedException {
        holdsBytes.await();
    }

    /** Delivers what was kept back, and waits until it was, or until the server had closed that connection. */
    void releaseAndAwaitDelivery() throws InterruptedException {
        released.countDown();
        firstHasEnded.await();
    }

    @Override
    public void close() throws IOException {
        released.countDown();
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                boolean first = accepted.getAndIncrement() == 0;
                daemon(() -> send(client, server, first));
                daemon(() -> answer(server, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void send(Socket client, Socket server, boolean first) {
        byte[] buffer = new byte[65_536];
        try (server) {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (first && holding) {
                    holdsBytes.countDown();
                    released.await();
                }
                out.write(buffer, 0, n);
                out.flush();
            }
            server.shutdownOutput();
            // the server has read everything before it answers the end of the stream with its own
            if (first) {
                server.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException | InterruptedException ended) {
            // the server closed the connection, which is what the tests hope for
        } finally {
            if (first) {
                firstHasEnded.countDown();
            }
        }
    }

    private static void answer(Socket server, Socket client) {
        byte[] buffer = new byte[65_536];
        try (client) {
            InputStream in = server.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                client.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException ended) {
            // either side has ended, and with it the connection
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "held-connection");
        thread.setDaemon(true);
        thread.start();
    }
}
