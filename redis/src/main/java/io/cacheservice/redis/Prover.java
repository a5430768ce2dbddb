package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.FlushCause;
import io.cacheservice.ListeningConnection;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.internal.topology.KeySlot;
import io.cacheservice.spi.Proof;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the proof of one lane: until when every change of what was read on it has been heard.
 *
 * <p>Replies and announced changes share one order, so the reply to a command that was sent at some moment proves that all
 * changes before that moment have arrived. That holds while the server is the master of what it serves, which only a probe
 * shows ({@link ProbeVerdict}); so replies count only while the last good probe was sent less than {@code maxStaleness} ago.
 * A lane that is no longer trusted vouches for nothing; when it is again, its proof is a new one, and what was read before is
 * not covered by it.
 *
 * <p>Belongs to the lane's event loop, but for {@link #distrust}, {@link #end} and {@link #slotLeft}.
 */
final class Prover {
    /** A probe that is older than {@code maxStaleness} proves nothing, so more than this are of no use. */
    private static final int MOST_PROBES = 4;

    private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();

    private final Tracking tracking;
    private final Placement placement;
    private final TimeSource time;
    private final String connection;
    private final String keyPrefix;
    private volatile @Nullable LaneProof proof;
    private volatile @Nullable AtomicReferenceArray<@Nullable SlotProof> slots;
    private volatile String doubt = "changes are not announced on this connection yet";
    private volatile boolean ended;
    private final AtomicLong flushes = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private boolean trusted;
    private long goodProbeNanos;
    private int probes;
    private ProbeRequest.Question question = ProbeRequest.Question.INFO_REPLICATION;

    Prover(Tracking tracking, Placement placement, TimeSource time, String connection, String keyPrefix) {
        this.tracking = tracking;
        this.placement = placement;
        this.time = time;
        this.connection = connection;
        this.keyPrefix = keyPrefix;
    }

    /** The server announces changes on this lane from now on. */
    void tracked() {
        doubt = "the server has not been probed yet";
        proof = new LaneProof(connection, time.nanoTime());
    }

    /** The server will not. */
    void untracked(String reason) {
        doubt = reason;
    }

    /** What vouches for a read that is sent now, of a key in {@code slot} or in none. */
    @Nullable
    Proof proofFor(int slot) {
        LaneProof now = proof;
        if (now == null || slot == Request.NO_SLOT) {
            return now;
        }
        AtomicReferenceArray<@Nullable SlotProof> all = slots;
        if (all == null) {
            all = new AtomicReferenceArray<>(KeySlot.COUNT);
            slots = all;
        }
        SlotProof known = all.get(slot);
        if (known == null) {
            known = new SlotProof(now);
            all.set(slot, known);
        }
        return known;
    }

    /** The reply to what was sent at {@code sentAtNanos} has come. */
    void heard(long sentAtNanos) {
        LaneProof now = proof;
        if (now != null && trusted && sentAtNanos - goodProbeNanos < tracking.maxStalenessNanos()) {
            now.advance(sentAtNanos);
        }
    }

    /** The server has dropped every key. */
    void flushed() {
        LaneProof before = proof;
        flushes.incrementAndGet();
        if (before != null) {
            tracking.flushed(FlushCause.SERVER_FLUSHED);
            before.revoke();
            LaneProof after = new LaneProof(connection, time.nanoTime());
            slots = null;
            proof = after;
            after.advance(before.heardUntilNanos());
        }
    }

    /** The question to send now; null: enough are under way, or the server holds no key. */
    @Nullable
    ProbeRequest next() {
        String tag = placement.canaryTag();
        if (tag == null) {
            lose("it holds no key");
        }
        if (tag == null || probes >= MOST_PROBES) {
            return null;
        }
        probes++;
        return new ProbeRequest((keyPrefix + "~canary" + tag).getBytes(UTF_8), question);
    }

    /** How long to wait before the next question. One that is not trusted, perhaps not known yet, is asked again soon. */
    long pauseNanos() {
        return trusted ? tracking.intervalNanos() : Math.min(tracking.intervalNanos(), SOON_NANOS);
    }

    /** A question was answered, or failed with its lane. */
    void answered(ProbeRequest probe, ProbeVerdict.@Nullable Replies replies) {
        probes--;
        if (replies == null) {
            return;
        }
        if (probe.isRoleForbidden()) {
            question = question.less();
        }
        ProbeVerdict verdict = ProbeVerdict.of(replies, placement.hasReplicas());
        if (verdict instanceof ProbeVerdict.Good) {
            trust(probe.sentAtNanos());
        } else if (verdict instanceof ProbeVerdict.Doubtful doubtful) {
            doubt = doubtful.reason();
        } else if (verdict instanceof ProbeVerdict.Lost lost) {
            lose(lost.reason());
        } else if (verdict instanceof ProbeVerdict.Elsewhere elsewhere) {
            placement.refused(elsewhere.error());
        }
    }

    private void trust(long sentAtNanos) {
        trusted = true;
        doubt = "";
        goodProbeNanos = sentAtNanos;
        if (proof == null && !ended) {
            proof = new LaneProof(connection, time.nanoTime());
            slots = null;
        }
        heard(sentAtNanos);
    }

    private void lose(String reason) {
        trusted = false;
        doubt = reason;
        distrust();
    }

    /** What was read until now is not vouched for any more, for the server is another than was thought; on any thread. */
    void distrust() {
        LaneProof before = proof;
        if (before != null) {
            losses.incrementAndGet();
            tracking.flushed(FlushCause.SERVER_DISTRUSTED);
            proof = null;
            before.lose();
        }
    }

    /** The connection has ended, and not by our will. */
    void connectionLost() {
        if (proof != null && !ended) {
            tracking.flushed(FlushCause.CONNECTION_LOST);
        }
        end();
    }

    /** The lane is closed, or soon will be; on any thread. */
    void end() {
        ended = true;
        LaneProof last = proof;
        if (last != null) {
            last.lose();
        }
    }

    /** The server no longer owns {@code slot}; on any thread. */
    void slotLeft(int slot) {
        AtomicReferenceArray<@Nullable SlotProof> all = slots;
        SlotProof gone = all == null ? null : all.getAndSet(slot, null);
        if (gone != null) {
            tracking.flushed(FlushCause.SLOT_MOVED);
            gone.revoke();
        }
    }

    /** What is vouched for now; on any thread. */
    ListeningConnection report() {
        LaneProof now = proof;
        Optional<Duration> age = now == null || !now.isVouching()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, time.nanoTime() - now.heardUntilNanos())));
        return new ListeningConnection(connection, age, doubt, flushes.get(), losses.get());
    }
}
