package io.cacheservice.benchmarks.start.program;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;

/** The synchronous face of one connection of Lettuce. */
final class OfLettuce {
    private OfLettuce() {}

    static String answer(int port) {
        RedisClient client = RedisClient.create(RedisURI.create(FirstAnswer.LOOPBACK, port));
        RedisCommands<String, String> commands = client.connect().sync();
        commands.set(FirstAnswer.KEY, FirstAnswer.VALUE, SetArgs.Builder.ex(FirstAnswer.LIFE_SECONDS));
        return commands.get(FirstAnswer.KEY);
    }
}
