package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.CacheConnectionException;
import io.cacheservice.FailedOutcome;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What stops the start of a service, and what is tried again. */
class OpeningFailureTest {
    private static OpeningFailure of(Throwable cause) {
        return OpeningFailure.of("redis.example:6379", new CompletionException(cause));
    }

    @Test
    void certificatesThatAreNotTrustedAreLasting() {
        OpeningFailure failure =
                of(new SSLHandshakeException("unable to find valid certification path to requested target"));

        assertThat(failure.isLasting()).isTrue();
        assertThat(failure.told()).hasMessageContaining("the TLS handshake failed");
    }

    @Test
    void aNetworkThatBreaksDuringTheHandshakeIsNotLasting() {
        OpeningFailure failure = of(new SSLException(
                "failure when writing TLS control frames", new IOException("Connection reset by peer")));

        assertThat(failure.isLasting()).isFalse();
        assertThat(failure.told()).hasMessageContaining("Connection reset by peer");
    }

    @Test
    void aHandshakeThatTakesTooLongIsNotLasting() {
        assertThat(of(new SslHandshakeTimeoutException("handshake timed out after 2000ms"))
                        .isLasting())
                .isFalse();
    }

    @Test
    void aCauseWithoutAMessageIsNamedByItsType() {
        OpeningFailure failure = of(new ClosedChannelException());

        assertThat(failure.isLasting()).isFalse();
        assertThat(failure.told())
                .hasMessageContaining("ClosedChannelException")
                .hasMessageNotContaining("null");
    }

    @Test
    void aCallIsToldOfAFailedConnectionWhateverStoodInTheWay() {
        OpeningFailure failure = OpeningFailure.refused("redis.example:6379", "SELECT", "ERR something new");

        assertThat(failure.isLasting()).isTrue();
        assertThat(failure.refusal())
                .isInstanceOfSatisfying(
                        CacheConnectionException.class,
                        refusal -> assertThat(refusal.outcome()).isEqualTo(FailedOutcome.NOT_APPLIED))
                .hasMessage(failure.told().getMessage())
                .isNotSameAs(failure.refusal());
    }
}
