package io.cacheservice.testkit;

/** The server answered a command with an error. */
public final class RedisErrorReply extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisErrorReply(String reply) {
        super(reply);
    }

    /** The first word of the reply, such as {@code WRONGTYPE}, {@code NOAUTH} or {@code ERR}. */
    public String code() {
        String reply = String.valueOf(getMessage());
        int end = reply.indexOf(' ');
        return end < 0 ? reply : reply.substring(0, end);
    }
}
