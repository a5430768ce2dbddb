package io.cacheservice;

/** What the local tier does when it is full. */
public enum MaxMemoryPolicy {
    /** Evicts what is least worth keeping, by frequency and recency (W-TinyLFU). */
    ALLKEYS_LFU("allkeys-lfu"),
    /** Evicts nothing: a write that does not fit throws {@link CacheMemoryException}. */
    NOEVICTION("noeviction");

    private final String configName;

    MaxMemoryPolicy(String configName) {
        this.configName = configName;
    }

    /** The name as Redis writes it. */
    public String configName() {
        return configName;
    }
}
