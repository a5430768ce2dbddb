package io.cacheservice.redis.internal.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Spreads keys over servers that know nothing of each other, by weight, so that a server which comes or goes moves only the
 * keys that are its own.
 *
 * <p>Each server draws a number from the key and its own name, and the highest wins: highest random weight hashing (Thaler
 * and Ravishankar, "A Name-Based Mapping Scheme for Rendezvous", 1996), with the weighted score {@code -weight / ln(draw)}
 * (Schindelhauer and Schomaker, "Weighted Distributed Hash Tables", 2005). The draws are 64-bit FNV-1a, finished with the
 * mixing step of SplitMix64 (Steele, Lea and Flood, 2014): they are the same in every process, and must stay so.
 */
public final class Rendezvous {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long[] seeds;
    private final double[] weights;

    /**
     * @param names of the servers, in the order of the answers; a server that keeps its name keeps its keys
     * @param weights their shares, over zero
     */
    public Rendezvous(List<String> names, List<Integer> weights) {
        this.seeds = names.stream().mapToLong(name -> fnv(name.getBytes(UTF_8))).toArray();
        this.weights = weights.stream().mapToDouble(Integer::doubleValue).toArray();
    }

    /** Which server holds {@code key}; keys with one hash tag are held by one server. */
    public int indexOf(byte[] key) {
        long hash = fnv(KeySlot.hashTag(key));
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < seeds.length; i++) {
            double score = -weights[i] / Math.log(draw(mix(hash ^ mix(seeds[i]))));
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }

    /** From 0 to 1, never either of them. */
    private static double draw(long bits) {
        return ((bits >>> 12) + 0.5) * 0x1.0p-52;
    }

    private static long fnv(byte[] bytes) {
        long hash = FNV_OFFSET;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
