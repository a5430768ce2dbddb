package io.cacheservice.redis;

import org.jspecify.annotations.Nullable;

/** What a lease asks Redis to do. Pure. */
sealed interface LeaseCalls permits LeaseInPlace, LeaseForRefresh {
    /** To grant it. */
    ScriptCall take();

    /** To store {@code value} for {@code pxMillis}. */
    ScriptCall fill(byte[] value, long pxMillis);

    /** To end it, and to leave {@code marker} for {@code markerMillis}, or nothing. */
    ScriptCall release(byte @Nullable [] marker, long markerMillis);
}
