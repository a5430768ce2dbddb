package io.cacheservice.redis.doctor;

import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.topology.NodeAddress;
import java.util.ArrayList;
import java.util.List;

/** What the way to a server means: reach, tls, login and protocol. Pure. */
final class Arrivals {
    private Arrivals() {}

    /** @param needed whether the service cannot do without this server */
    static List<Finding> findings(Arrival arrival, boolean needed) {
        List<Finding> findings = new ArrayList<>();
        findings.add(reach(arrival, needed));
        if (arrival.end() == Arrival.End.UNKNOWN_HOST || arrival.end() == Arrival.End.NO_TCP) {
            return findings;
        }
        findings.add(tls(arrival));
        switch (arrival.end()) {
            case REFUSED -> findings.add(refused(arrival));
            case NO_ANSWER -> findings.add(noAnswer(arrival));
            case CONNECTED -> {
                findings.add(Check.LOGIN.ok(where(arrival), arrival.password() ? "accepted" : "no password is needed"));
                findings.add(protocol(arrival));
            }
            default -> {}
        }
        return findings;
    }

    /** A server that answered, and then did not. */
    static Finding silenced(NodeAddress address, String reason) {
        return Check.REACH.fault(
                address.toString(),
                "it stopped answering: " + reason,
                "look for slow commands (SLOWLOG GET), a stopped process or a network that loses packets, or raise"
                        + " connectTimeout");
    }

    private static Finding reach(Arrival arrival, boolean needed) {
        Finding finding = switch (arrival.end()) {
            case UNKNOWN_HOST ->
                Check.REACH.fault(
                        where(arrival),
                        "the host name is not known",
                        "correct url, host or nodes, or the name service of this machine");
            case NO_TCP ->
                Check.REACH.fault(
                        where(arrival),
                        "no TCP connection: " + arrival.detail(),
                        "start the server, correct host and port, or open the firewall between");
            default -> Check.REACH.ok(where(arrival), "TCP connection made");
        };
        return needed || finding.level() == Level.OK
                ? finding
                : Check.REACH.warning(
                        finding.where(), finding.seen() + "; others serve in its place", finding.remedy());
    }

    private static Finding tls(Arrival arrival) {
        return switch (arrival.end()) {
            case CERTIFICATE_NAME ->
                Check.TLS.fault(
                        where(arrival),
                        "the certificate names another host: " + arrival.detail(),
                        "connect by a name that the certificate has, or give the server one with this name;"
                                + " tlsVerifyHostname = false only where nobody can stand between");
            case CERTIFICATE_AUTHORITY ->
                Check.TLS.fault(
                        where(arrival),
                        "the certificate is of no trusted authority: " + arrival.detail(),
                        "set tlsCaFile to the certificate of the server's authority");
            case TLS_FAILED ->
                Check.TLS.fault(
                        where(arrival),
                        "the handshake failed: " + arrival.detail(),
                        "is this the server's TLS port, and does it ask for a client certificate (tlsCertFile and"
                                + " tlsKeyFile)? Without TLS on the server: redis:// or tls = false");
            default -> arrival.tls() ? Check.TLS.ok(where(arrival), "spoken") : plain(arrival);
        };
    }

    private static Finding plain(Arrival arrival) {
        if (arrival.loopback()) {
            return Check.TLS.ok(where(arrival), "not spoken; the host is this machine");
        }
        String remedy = "rediss:// or tls = true, with a TLS port on the server";
        return arrival.password()
                ? Check.TLS.warning(where(arrival), "the password crosses the network in plain text", remedy)
                : Check.TLS.note(where(arrival), "not spoken: everything crosses the network in plain text", remedy);
    }

    private static Finding refused(Arrival arrival) {
        Refusal refusal = Refusal.of(arrival.detail());
        Check check = refusal == Refusal.TOO_OLD ? Check.PROTOCOL : Check.LOGIN;
        return check.fault(where(arrival), refusal.reason() + " (\"" + arrival.detail() + "\")", refusal.remedy());
    }

    private static Finding noAnswer(Arrival arrival) {
        return Check.LOGIN.fault(
                where(arrival),
                "the introduction got no answer: " + arrival.detail(),
                arrival.tls()
                        ? "is this a Redis or Valkey, and not stopped or overloaded?"
                        : "is this a Redis or Valkey, not stopped or overloaded, and not a TLS port (rediss://)?");
    }

    private static Finding protocol(Arrival arrival) {
        String refusal = arrival.resp3Refusal();
        return refusal == null
                ? Check.PROTOCOL.ok(where(arrival), "RESP3")
                : Check.PROTOCOL.fault(
                        where(arrival),
                        "RESP2 only: HELLO 3 was refused (" + refusal + ")",
                        "use Redis 6.2 or later or any Valkey, give the user +hello, undo a renamed HELLO, and take a"
                                + " proxy away that does not speak RESP3");
    }

    private static String where(Arrival arrival) {
        return arrival.address().toString();
    }
}
