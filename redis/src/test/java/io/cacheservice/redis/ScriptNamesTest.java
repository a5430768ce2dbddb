package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.internal.server.Script;
import io.cacheservice.testkit.RedisServer;
import org.junit.jupiter.api.Test;

class ScriptNamesTest {
    @Test
    void aScriptIsNamedAsTheServerNamesIt() {
        Script.Text text = Script.STIR.text(true);
        String computed = text.sha1();
        try (RedisServer redis = RedisServer.start()) {
            text.isKnownAs(String.valueOf(redis.command("SCRIPT", "LOAD", text.source())));
        }

        assertThat(text.sha1()).isEqualTo(computed);
    }

    @Test
    void whatIsNoNameIsNotBelieved() {
        Script.Text text = Script.KEEP.text(true);
        String known = text.sha1();

        text.isKnownAs(null);
        text.isKnownAs("OK");

        assertThat(text.sha1()).isEqualTo(known);
    }
}
