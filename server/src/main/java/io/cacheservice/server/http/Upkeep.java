package io.cacheservice.server.http;

import io.cacheservice.CacheService;
import io.cacheservice.PreWarmOptions;
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
import java.util.function.ToIntFunction;

/** {@code POST /v1/prewarm}, {@code /v1/refresh} and {@code /v1/expire}: loading ahead of need, and other lives. */
final class Upkeep {
    private final CacheService service;
    private final JsonBodies bodies;

    Upkeep(CacheService service, JsonBodies bodies) {
        this.service = service;
        this.bodies = bodies;
    }

    void preWarm(Context ctx) throws IOException {
        bodies.with(ctx, Set.of("keys", "concurrency", "keysPerSecond"), request -> {
            PreWarmOptions options = options(request);
            JsonLines lines = JsonLines.areWanted(ctx) ? new JsonLines(ctx) : null;
            BatchErrors errors = new BatchErrors();
            List<PreWarmReport> reports = new ArrayList<>();
            errors.apart(errors.reached(ctx, request.keys()), keys -> {
                PreWarmReport report = service.preWarm(keys, options, (soFar, total) -> {
                    if (lines != null) {
                        lines.line(progress(soFar, total));
                    }
                });
                reports.add(report);
                report.failed().forEach(errors::add);
            });
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("loaded", sum(reports, PreWarmReport::loaded));
            answer.put("present", sum(reports, PreWarmReport::present));
            answer.put("absent", sum(reports, PreWarmReport::absent));
            answer.put("errors", errors.members());
            if (lines == null) {
                Replies.json(ctx, 200, answer);
            } else {
                lines.line(answer);
            }
        });
    }

    private static Map<String, Object> progress(PreWarmReport soFar, int total) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("done", soFar.done());
        line.put("total", total);
        line.put("loaded", soFar.loaded());
        line.put("present", soFar.present());
        line.put("absent", soFar.absent());
        line.put("failed", soFar.failed().size());
        return line;
    }

    private static PreWarmOptions options(BatchRequest request) {
        try {
            PreWarmOptions defaults = PreWarmOptions.defaults();
            return new PreWarmOptions(
                    (int) request.number("concurrency", defaults.concurrency()),
                    request.number("keysPerSecond", defaults.keysPerSecond()));
        } catch (IllegalArgumentException refused) {
            throw new ProblemException(Problem.badRequest(String.valueOf(refused.getMessage())));
        }
    }

    void expire(Context ctx) throws IOException {
        bodies.with(ctx, Set.of("key", "ttl"), request -> {
            String key = required(request, "key");
            Access.requireReach(ctx, key);
            String ttl = request.text("ttl");
            if (ttl == null) {
                service.expire(key);
                Replies.empty(ctx, 204);
                return;
            }
            Duration life = LifeText.life(ttl);
            if (!service.stored().setLife(key, life)) {
                throw new ProblemException(Problem.miss());
            }
            Replies.empty(ctx, 204);
        });
    }

    private static String required(BatchRequest request, String member) {
        String text = request.text(member);
        if (text == null) {
            throw new ProblemException(Problem.badRequest("'" + member + "' is missing"));
        }
        return text;
    }

    private static int sum(List<PreWarmReport> reports, ToIntFunction<PreWarmReport> count) {
        return reports.stream().mapToInt(count).sum();
    }

    void refresh(Context ctx) throws IOException {
        bodies.with(ctx, Set.of("key", "threshold", "probability"), request -> {
            String key = required(request, "key");
            Access.requireReach(ctx, key);
            String text = request.text("threshold");
            Duration threshold = text == null ? service.config().ttlThreshold() : LifeText.threshold(text);
            double probability = request.number("probability", service.config().refreshProb());
            RefreshOutcome outcome = service.refreshProbabilistic(key, threshold, probability);
            Replies.json(
                    ctx,
                    outcome == RefreshOutcome.STARTED ? 202 : 200,
                    Map.of("outcome", outcome.name().toLowerCase(Locale.ROOT)));
        });
    }
}
