package io.cacheservice.redis;

import org.jspecify.annotations.Nullable;

/** What the topology says now of one server, for whoever judges whether it may still be believed. On any thread. */
interface Placement {
    /** A server of which nothing is known but its address. */
    Placement ALONE = new Placement() {
        @Override
        public boolean hasReplicas() {
            return false;
        }

        @Override
        public String canaryTag() {
            return "";
        }

        @Override
        public void refused(String error) {}
    };

    /** Whether it has replicas, of which one must follow it: a master that nobody follows may have been replaced. */
    boolean hasReplicas();

    /** What the name of a key must contain so that this server holds it; null: it holds no key now. */
    @Nullable
    String canaryTag();

    /** It refused a question about such a key. */
    void refused(String error);
}
