package io.cacheservice.server.demo;

import org.jspecify.annotations.Nullable;

/** The demo could not go on; the message says why and what helps. */
public final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
