package io.cacheservice.benchmarks.stampede;

/**
 * A subject in the JVM that calls it.
 *
 * @param cache in front of {@code source}; its values live long
 * @param shortLived the same with a life of {@link Expiries#LIFE}
 */
public record Subject(Source source, LoadedCache cache, LoadedCache shortLived) {}
