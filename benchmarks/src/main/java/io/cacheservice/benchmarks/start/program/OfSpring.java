package io.cacheservice.benchmarks.start.program;

import java.time.Duration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Spring Data Redis over Lettuce, without a context. */
final class OfSpring {
    private OfSpring() {}

    static String answer(int port) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(new RedisStandaloneConfiguration(FirstAnswer.LOOPBACK, port));
        connections.afterPropertiesSet();
        connections.start();
        StringRedisTemplate template = new StringRedisTemplate(connections);
        template.opsForValue().set(FirstAnswer.KEY, FirstAnswer.VALUE, Duration.ofSeconds(FirstAnswer.LIFE_SECONDS));
        return String.valueOf(template.opsForValue().get(FirstAnswer.KEY));
    }
}
