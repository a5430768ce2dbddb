package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.PreWarmReport;
import io.cacheservice.RefreshOutcome;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/prewarm} and {@code /v1/refresh}: loading from a source ahead of need. */
final class Upkeep {
    private final CacheService service;
    private final JsonBodies bodies;

    Upkeep(CacheService service, JsonBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    void preWarm(Context ctx) throws IOException {
        bodies.with(ctx, Set.of("keys"), request -> {
            PreWarmReport report = service.preWarm(request.keys());
            List<Map<String, Object>> errors = new ArrayList<>();
            report.failed().forEach((key, e) -> errors.add(Batches.error(key, e)));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("loaded", report.loaded());
            answer.put("present", report.present());
            answer.put("absent", report.absent());
            answer.put("errors", errors);
            Replies.json(ctx, 200, answer);
        });
    }

    void refresh(Context ctx) throws IOException {
        bodies.with(ctx, Set.of("key", "threshold", "probability"), request -> {
            String key = request.text("key");
            if (key == null) {
                throw new ProblemException(Problem.badRequest("'key' is missing"));
            }
            String text = request.text("threshold");
            Duration threshold = text == null ? service.config().ttlThreshold() : LifeText.duration("threshold", text);
            double probability = request.number("probability", service.config().refreshProb());
            RefreshOutcome outcome = service.refreshProbabilistic(key, threshold, probability);
            Replies.json(
                    ctx,
                    outcome == RefreshOutcome.STARTED ? 202 : 200,
                    Map.of("outcome", outcome.name().toLowerCase(Locale.ROOT)));
        });
    }
}
