package io.cacheservice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinkShapeTest {
    private static final long NOW = -5;
    private static final long MILLI = 1_000_000;

    private final LinkShape shape = new LinkShape();

    @Test
    void aPlainLinkDelaysNothing() {
        assertThat(shape.isPlain()).isTrue();
        assertThat(shape.arrivalNanos(NOW, 1_000)).isEqualTo(NOW);
        assertThat(shape.pieceBytes(16_000)).isEqualTo(16_000);
    }

    @Test
    void latencyIsCountedFromWhenEachPieceIsSentAndDoesNotAddUp() {
        shape.latency(Duration.ofMillis(50));
        assertThat(shape.isPlain()).isFalse();
        assertThat(shape.arrivalNanos(NOW, 1_000)).isEqualTo(NOW + 50 * MILLI);
        assertThat(shape.arrivalNanos(NOW + MILLI, 1_000)).isEqualTo(NOW + 51 * MILLI);
    }

    @Test
    void aLostPieceArrivesLaterAndTheShareOfThemIsTheOneThatWasAskedFor() {
        shape.loss(0.01, Duration.ofMillis(200), 5);
        assertThat(shape.isPlain()).isFalse();
        List<Long> delays = IntStream.range(0, 10_000)
                .mapToObj(i -> shape.arrivalNanos(NOW, 100) - NOW)
                .toList();
        assertThat(delays).allMatch(delay -> delay % (200 * MILLI) == 0);
        assertThat(delays.stream().filter(delay -> delay > 0).count()).isBetween(60L, 140L);
        shape.reset();
        assertThat(shape.isPlain()).isTrue();
    }

    @Test
    void jitterStaysInItsBoundsAndFollowsFromTheSeed() {
        List<Long> once = tenArrivalsWithJitter(new LinkShape(), 7);
        List<Long> again = tenArrivalsWithJitter(new LinkShape(), 7);
        List<Long> otherwise = tenArrivalsWithJitter(new LinkShape(), 8);

        assertThat(once)
                .isEqualTo(again)
                .isNotEqualTo(otherwise)
                .doesNotHaveDuplicates()
                .allSatisfy(arrival -> assertThat(arrival).isBetween(NOW, NOW + 20 * MILLI));
    }

    @Test
    void aLimitedBandwidthSendsOnePieceAfterTheOther() {
        shape.bandwidth(1_000_000, NOW);
        assertThat(shape.arrivalNanos(NOW, 1_000)).isEqualTo(NOW + MILLI);
        assertThat(shape.arrivalNanos(NOW, 2_000)).isEqualTo(NOW + 3 * MILLI);
        // An idle link saves nothing up.
        assertThat(shape.arrivalNanos(NOW + 100 * MILLI, 1_000)).isEqualTo(NOW + 101 * MILLI);
    }

    @Test
    void aLimitedBandwidthTakesSmallPiecesButNeverNone() {
        shape.bandwidth(100_000, NOW);
        assertThat(shape.pieceBytes(16_000)).isEqualTo(1_000);
        assertThat(shape.pieceBytes(10)).isEqualTo(10);
        shape.bandwidth(1, NOW);
        assertThat(shape.pieceBytes(16_000)).isEqualTo(1);
    }

    @Test
    void latencyComesOnTopOfBandwidth() {
        shape.bandwidth(1_000_000, NOW);
        shape.latency(Duration.ofMillis(10));
        assertThat(shape.arrivalNanos(NOW, 1_000)).isEqualTo(NOW + 11 * MILLI);
        assertThat(shape.arrivalNanos(NOW, 1_000)).isEqualTo(NOW + 12 * MILLI);
    }

    @Test
    void aResetLinkIsPlain() {
        shape.bandwidth(1, NOW);
        shape.latency(Duration.ofMillis(10));
        shape.jitter(Duration.ofMillis(10), 1);
        shape.reset();
        assertThat(shape.isPlain()).isTrue();
        assertThat(shape.arrivalNanos(NOW, 1_000)).isEqualTo(NOW);
    }

    private static List<Long> tenArrivalsWithJitter(LinkShape shape, long seed) {
        shape.jitter(Duration.ofMillis(20), seed);
        return IntStream.range(0, 10)
                .mapToObj(i -> shape.arrivalNanos(NOW, 100))
                .toList();
    }
}
