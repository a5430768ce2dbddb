package io.cacheservice.testkit;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What a proxy speaks with its clients: plain TCP or TLS. */
interface ClientSide {
    String scheme();

    /** The socket through which the client is read and written; a TLS handshake is done when this returns. */
    Socket open(Socket accepted) throws IOException;

    static ClientSide plain() {
        return new ClientSide() {
            @Override
            public String scheme() {
                return "redis";
            }

            @Override
            public Socket open(Socket accepted) {
                return accepted;
            }
        };
    }

    static ClientSide tls(TestCertificates certificates, boolean clientCertificateNeeded) {
        SSLContext context = certificates.serverContext();
        return new ClientSide() {
            @Override
            public String scheme() {
                return "rediss";
            }

            @Override
            public Socket open(Socket accepted) throws IOException {
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
                socket.setNeedClientAuth(clientCertificateNeeded);
                socket.startHandshake();
                return socket;
            }
        };
    }
}
