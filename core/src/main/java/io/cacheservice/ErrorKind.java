package io.cacheservice;

/** The kinds under which errors are counted. */
public enum ErrorKind {
    /** Redis could not be reached, or refused to serve. */
    CONNECTION,
    /** A time budget ran out. */
    TIMEOUT,
    /** A memory bound was reached. */
    MEMORY,
    /** A value could not be encoded. */
    SERIALIZATION,
    /** A loader failed. */
    SOURCE,
    /** A setting or policy is wrong. */
    CONFIG,
    /** The service was closed. */
    CLOSED,
    /** Anything else. */
    OTHER
}
