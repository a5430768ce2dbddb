package io.cacheservice.benchmarks.start.program;

import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Jedis with its pool. */
final class OfJedis {
    private OfJedis() {}

    static String answer(int port) {
        RedisClient client =
                RedisClient.builder().hostAndPort(FirstAnswer.LOOPBACK, port).build();
        client.set(FirstAnswer.KEY, FirstAnswer.VALUE, SetParams.setParams().ex(FirstAnswer.LIFE_SECONDS));
        return client.get(FirstAnswer.KEY);
    }
}
