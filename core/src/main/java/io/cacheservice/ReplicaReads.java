package io.cacheservice;

/**
 * Whether a read may be answered by a replica of the Redis master that owns the key.
 *
 * <p>A replica copies its master a moment later, and may have lost touch with it for longer: its answer can be older than
 * {@code maxStaleness} allows, even older than this process's own writes. Such an answer is marked ({@link Tier#REPLICA})
 * and never kept in this process. Replicas are known in a Cluster and behind Sentinels; elsewhere the master answers.
 */
public enum ReplicaReads {
    /** Only the master answers. */
    NEVER,
    /**
     * The master is asked; a replica too when the master cannot be reached, or has not answered within a fifth of {@code
     * readTimeout}. The first answer counts.
     */
    WHEN_UNANSWERED,
    /**
     * A replica is asked, which spares the master; the master too when the replica has nothing, fails, or has not answered
     * within a fifth of {@code readTimeout}.
     */
    PREFERRED
}
