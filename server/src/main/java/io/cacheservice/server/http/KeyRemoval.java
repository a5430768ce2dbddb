package io.cacheservice.server.http;

import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.PrefixRemovalOptions;
import io.cacheservice.PrefixRemovalReport;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code DELETE /v1/keys?prefix=}: removes the byte keys that begin so, at a bounded rate. */
final class KeyRemoval {
    private final CacheService service;
    private final BooleanSupplier stopping;

    /** @param stopping whether requests are to come to their end */
    KeyRemoval(CacheService service, BooleanSupplier stopping) {
        this.service = service;
        this.stopping = stopping;
    }

    void remove(Context ctx) throws IOException {
        @Nullable String query = ctx.req().getQueryString();
        String prefix = RawKeys.single(query, "prefix");
        if (prefix == null) {
            throw refusal("the query parameter 'prefix' is missing");
        }
        PrefixRemovalOptions options = options(query);
        if (prefix.isEmpty() && !options.everyKey()) {
            throw refusal(
                    "the empty prefix is refused: every key begins with it, so that all would be removed; where that"
                            + " is meant, add everyKey=true");
        }
        if (JsonLines.areWanted(ctx)) {
            inLines(ctx, prefix, options);
        } else {
            Replies.json(ctx, 200, answer(remove(prefix, options, soFar -> {})));
        }
    }

    /** Once a line is sent, the status cannot say any more how it ends: the last line does. */
    private void inLines(Context ctx, String prefix, PrefixRemovalOptions options) throws IOException {
        JsonLines lines = new JsonLines(ctx);
        try {
            lines.line(answer(remove(prefix, options, soFar -> lines.line(progress(soFar)))));
        } catch (CacheException | ProblemException early) {
            if (!ctx.res().isCommitted()) {
                throw early;
            }
            lines.line(Map.of("problem", Failures.toProblem(early).members()));
        }
    }

    private PrefixRemovalReport remove(
            String prefix, PrefixRemovalOptions options, Consumer<PrefixRemovalReport> progress) {
        return service.deleteByPrefix(prefix, options, soFar -> {
            progress.accept(soFar);
            if (stopping.getAsBoolean()) {
                throw new ProblemException(
                        Problem.unavailable(
                                "the server is stopping: what was removed so far is, and the same request goes on with the rest"));
            }
        });
    }

    private static PrefixRemovalOptions options(@Nullable String query) {
        PrefixRemovalOptions options = PrefixRemovalOptions.defaults();
        String rate = RawKeys.single(query, "keysPerSecond");
        if (rate != null) {
            options = options.withKeysPerSecond(keysPerSecond(rate));
        }
        String everyKey = RawKeys.single(query, "everyKey");
        if (everyKey == null || everyKey.equals("false")) {
            return options;
        }
        if (!everyKey.equals("true")) {
            throw refusal("everyKey '" + everyKey + "' is refused: expected true or false");
        }
        return options.withEveryKey();
    }

    private static double keysPerSecond(String text) {
        try {
            double keys = Double.parseDouble(text);
            if (keys == 0 || (keys >= 1 && keys < Double.POSITIVE_INFINITY)) {
                return keys;
            }
        } catch (NumberFormatException notANumber) {
            throw rateRefused(text);
        }
        throw rateRefused(text);
    }

    private static ProblemException rateRefused(String text) {
        return refusal("keysPerSecond '" + text + "' is refused: expected a number from 1, or 0 for no bound");
    }

    private static ProblemException refusal(String detail) {
        return new ProblemException(Problem.badRequest(detail));
    }

    private static Map<String, Object> progress(PrefixRemovalReport soFar) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("done", soFar.done());
        line.putAll(counts(soFar));
        return line;
    }

    private static Map<String, Object> answer(PrefixRemovalReport report) {
        BatchErrors errors = new BatchErrors();
        report.failures().forEach(errors::add);
        Map<String, Object> answer = counts(report);
        answer.put("errors", errors.members());
        answer.put("unlisted", KeyList.members(report.unlisted()));
        return answer;
    }

    private static Map<String, Object> counts(PrefixRemovalReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("removed", report.removed());
        counts.put("queued", report.queued());
        counts.put("failed", report.failed());
        return counts;
    }
}
