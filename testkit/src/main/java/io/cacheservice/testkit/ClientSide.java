package io.cacheservice.testkit;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What a proxy speaks with its clients: plain TCP or TLS. */
interface ClientSide {
    String scheme();

    /** Whether it presents one. */
    boolean hasCertificate();

    /**
     * The socket through which the client is read and written; a TLS handshake is done when this returns.
     *
     * @param expired whether the certificate is to be one that has expired
     */
    Socket open(Socket accepted, boolean expired) throws IOException;

    static ClientSide plain() {
        return new ClientSide() {
            @Override
            public String scheme() {
                return "redis";
            }

            @Override
            public boolean hasCertificate() {
                return false;
            }

            @Override
            public Socket open(Socket accepted, boolean expired) {
                return accepted;
            }
        };
    }

    static ClientSide tls(TestCertificates certificates, boolean clientCertificateNeeded) {
        return new ClientSide() {
            @Override
            public String scheme() {
                return "rediss";
            }

            @Override
            public boolean hasCertificate() {
                return true;
            }

            @Override
            public Socket open(Socket accepted, boolean expired) throws IOException {
                SSLContext context = expired ? certificates.expiredContext() : certificates.serverContext();
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
                socket.setNeedClientAuth(clientCertificateNeeded);
                socket.startHandshake();
                return socket;
            }
        };
    }
}
