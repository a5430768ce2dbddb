package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.server.Script;
import io.cacheservice.spi.LeaseAnswer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Asks for a lease; may be redirected, and then belongs to the lane that carried it last. */
final class LeaseRequest extends ScriptRequest<LeaseAnswer> {
    LeaseRequest(Dispatch dispatch, byte[] key, ScriptCall call) {
        super(dispatch, key, call);
    }

    @Override
    LeaseAnswer read(List<Object> reply) {
        if (reply.size() < 2) {
            // taken whatever was there
            return LeaseAnswer.of(LeaseAnswer.State.GRANTED);
        }
        String state = new String((byte[]) reply.get(0), US_ASCII);
        return new LeaseAnswer(LeaseAnswer.State.valueOf(state.toUpperCase(Locale.ROOT)), (Long) reply.get(1));
    }

    /**
     * While a slot moves, a server refuses several keys of it that are not all there, and most keys have no refresh lease.
     * Of one key it knows whether it or the other server has it.
     */
    @Override
    @Nullable
    ScriptCall instead(String error) {
        boolean keysArePulledApart = error.startsWith("ASK ") || Refusal.of(error) == Refusal.TRYAGAIN;
        return call().script() == Script.LEASE && call().keys().size() > 1 && keysArePulledApart
                ? call().onFirstKey()
                : null;
    }

    /** How old a lease is at most that its holder can still fill: he does so over the connection that took it. */
    @Override
    byte[] lateArgument() {
        OptionalLong oldest = lane().life().oldestLeaseMillis();
        return oldest.isPresent() ? ScriptCall.decimal(oldest.getAsLong()) : ScriptCall.optional(null);
    }

    /** Whether it may have been granted; asked when it has ended, with {@code answer} or without. */
    boolean mayBeGranted(@Nullable LeaseAnswer answer) {
        return answer == null ? isSent() : answer.state() == LeaseAnswer.State.GRANTED;
    }
}
