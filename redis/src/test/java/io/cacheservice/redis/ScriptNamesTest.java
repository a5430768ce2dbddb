package io.cacheservice.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.redis.internal.server.Script;
import io.cacheservice.testkit.RedisServer;
import org.junit.jupiter.api.Test;

class ScriptNamesTest {
    @Test
    void everyScriptIsNamedAsAServerNamesIt() {
        try (RedisServer redis = RedisServer.start()) {
            for (Script script : Script.values()) {
                for (boolean knowsHeader : new boolean[] {true, false}) {
                    Script.Text text = script.text(knowsHeader);
                    assertThat(redis.command("SCRIPT", "LOAD", text.source()))
                            .as("the name to write into %s, with header: %s", script, knowsHeader)
                            .isEqualTo(text.sha1());
                }
            }
        }
    }
}
