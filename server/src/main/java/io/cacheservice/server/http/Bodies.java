package io.cacheservice.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;

/**
 * Reads request bodies within bounds: the size of one, the bytes of all at once, and the time one may take.
 *
 * <p>Safe for use by many threads.
 */
final class Bodies {
    private static final int CHUNK = 16 << 10;

    private final Limits limits;
    private final HeldBytes held;

    Bodies(Limits limits, HeldBytes held) {
        this.limits = limits;
        this.held = held;
    }

    /** Handles a body; see {@link #with}. */
    interface Use {
        void accept(byte[] body) throws IOException;
    }

    /**
     * Reads the whole body and gives it to {@code use}; the bytes count as held until that returns.
     *
     * @param maxBytes the largest body; more is a 413
     * @param what names the bound in the refusal
     */
    void with(HttpServletRequest request, long maxBytes, String what, Use use) throws IOException {
        long declared = request.getContentLengthLong();
        if (declared > maxBytes) {
            throw tooLarge(maxBytes, what);
        }
        try (HeldBytes.Share share = held.open()) {
            use.accept(readInTime(request, declared, maxBytes, what, share));
        }
    }

    private byte[] readInTime(
            HttpServletRequest request, long declared, long maxBytes, String what, HeldBytes.Share share)
            throws IOException {
        try {
            return read(request, declared, maxBytes, what, share);
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new ProblemException(Problem.ofStatus(
                        408, "the body was silent for " + limits.idle().toMillis() + " ms"));
            }
            throw e;
        }
    }

    private byte[] read(HttpServletRequest request, long declared, long maxBytes, String what, HeldBytes.Share share)
            throws IOException {
        InputStream in = request.getInputStream();
        long deadline = System.nanoTime() + limits.bodyTime().toNanos();
        if (declared >= 0) {
            share.add(declared);
            byte[] body = new byte[(int) declared];
            int n = 0;
            while (n < body.length) {
                int read = in.read(body, n, Math.min(CHUNK, body.length - n));
                if (read < 0) {
                    throw new ProblemException(Problem.badRequest("the body is shorter than its Content-Length"));
                }
                n += read;
                requireInTime(deadline);
            }
            return body;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            if (body.size() + (long) read > maxBytes) {
                throw tooLarge(maxBytes, what);
            }
            share.add(read);
            body.write(chunk, 0, read);
            requireInTime(deadline);
        }
        return body.toByteArray();
    }

    private void requireInTime(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw new ProblemException(Problem.ofStatus(
                    408, "the body did not arrive within " + limits.bodyTime().toSeconds() + " s"));
        }
    }

    private static ProblemException tooLarge(long maxBytes, String what) {
        return new ProblemException(Problem.tooLarge("the body is larger than " + maxBytes + " bytes: " + what));
    }
}
