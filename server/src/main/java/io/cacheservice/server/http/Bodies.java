package io.cacheservice.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads request bodies within bounds: the size of one, the bytes of all at once, and the time one may take.
 *
 * <p>Safe for use by many threads.
 */
final class Bodies {
    private static final int CHUNK = 16 << 10;

    private final Limits limits;
    private final AtomicLong heldBytes = new AtomicLong();

    Bodies(Limits limits) {
        this.limits = limits;
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
        long[] reserved = {0};
        try {
            use.accept(readInTime(request, declared, maxBytes, what, reserved));
        } finally {
            heldBytes.addAndGet(-reserved[0]);
        }
    }

    private byte[] readInTime(HttpServletRequest request, long declared, long maxBytes, String what, long[] reserved)
            throws IOException {
        try {
            return read(request, declared, maxBytes, what, reserved);
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new ProblemException(Problem.ofStatus(
                        408, "the body was silent for " + limits.idle().toMillis() + " ms"));
            }
            throw e;
        }
    }

    private byte[] read(HttpServletRequest request, long declared, long maxBytes, String what, long[] reserved)
            throws IOException {
        InputStream in = request.getInputStream();
        long deadline = System.nanoTime() + limits.bodyTime().toNanos();
        if (declared >= 0) {
            reserve(declared, reserved);
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
            reserve(read, reserved);
            body.write(chunk, 0, read);
            requireInTime(deadline);
        }
        return body.toByteArray();
    }

    private void reserve(long bytes, long[] reserved) {
        if (heldBytes.addAndGet(bytes) > limits.maxBodiesBytes()) {
            heldBytes.addAndGet(-bytes);
            throw new ProblemException(Problem.unavailable(
                    "the bodies of the requests in progress fill the room for them; send this one again later"));
        }
        reserved[0] += bytes;
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
