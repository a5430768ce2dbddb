package io.cacheservice.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void aLineHasWhoWhereWhatAndTheOutcome() {
        AuditLog.Call call = new AuditLog.Call("operator", "10.0.0.7", "GET", "/v1/keys", 200, "00ff", null, 0);

        assertThat(AuditLog.line(call, 0, NOW))
                .isEqualTo("{\"time\":\"2026-01-02T03:04:05.678Z\",\"token\":\"operator\",\"address\":\"10.0.0.7\","
                        + "\"method\":\"GET\",\"route\":\"/v1/keys\",\"outcome\":\"done\",\"status\":200,"
                        + "\"requestId\":\"00ff\"}");
    }

    @Test
    void ofAKeyThereIsTheLengthAndTheBeginningOfItsDigest() {
        AuditLog.Call call = new AuditLog.Call("a", "::1", "GET", "/v1/entry", 403, "1", "abc", 0);

        assertThat(AuditLog.line(call, 7, NOW))
                .contains("\"outcome\":\"refused\"")
                .contains("\"keyLength\":3,\"keyHash\":\"ba7816bf8f01\"")
                .contains("\"suppressedBefore\":7")
                .doesNotContain("abc");
    }

    @Test
    void whatASenderChoosesCannotBreakTheLine() {
        AuditLog.Call call = new AuditLog.Call(null, "::1", "B\"R\nEW", null, 401, "1", null, 0);

        assertThat(AuditLog.line(call, 0, NOW)).doesNotContain("\n").contains("\"method\":\"B\\\"R\\nEW\"");
    }

    @Test
    void theOutcomeIsDoneFailedRefusedOrPartlyRefused() {
        assertThat(outcome(204, 0)).contains("\"done\"");
        assertThat(outcome(503, 0)).contains("\"failed\"");
        assertThat(outcome(421, 0)).contains("\"refused\"");
        assertThat(outcome(200, 2)).contains("\"partly refused\"").contains("\"refusedKeys\":2");
    }

    private static String outcome(int status, int refusedKeys) {
        return AuditLog.line(new AuditLog.Call("a", "::1", "GET", "/v1/keys", status, "1", null, refusedKeys), 0, NOW);
    }
}
