package io.cacheservice.server.http;

import io.cacheservice.server.access.Caller;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The keys of one batch that failed, each with its problem: the member {@code errors} of the answer. Causes that clients
 * are not told are logged, each once, however many keys it made fail.
 */
final class BatchErrors {
    private static final Logger LOG = Logger.getLogger(BatchErrors.class.getName());

    private final List<Map<String, Object>> members = new ArrayList<>();
    private final Set<String> logged = new HashSet<>();

    /** As a JSON member, in the order they were added. */
    List<Map<String, Object>> members() {
        return members;
    }

    int count() {
        return members.size();
    }

    void add(String key, Throwable failure) {
        Problem problem = Failures.toProblem(failure);
        add(key, problem);
        if (problem.hidesCause() && logged.add(root(failure).toString())) {
            LOG.log(Level.WARNING, "a key of a batch failed", failure);
        }
    }

    void add(String key, Problem problem) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("key", key);
        error.putAll(problem.members());
        members.add(error);
    }

    /** Those of {@code keys} that the caller's token reaches; the others are added as refused. */
    List<String> reached(Context ctx, Collection<String> keys) {
        Caller caller = Access.caller(ctx);
        List<String> reached = new ArrayList<>(keys.size());
        for (String key : keys) {
            if (caller.reaches(key)) {
                reached.add(key);
            } else {
                add(key, Access.outOfReach(caller, "this key does not"));
            }
        }
        if (reached.size() < keys.size()) {
            Access.noteRefusedKeys(ctx, keys.size() - reached.size());
        }
        return reached;
    }

    /**
     * Gives {@code keys} to an action that refuses all of them when one cannot be a key, before it does anything. Such keys
     * are found by halving, so that the others are still handled together.
     */
    void apart(List<String> keys, Consumer<List<String>> action) {
        if (keys.isEmpty()) {
            return;
        }
        try {
            action.accept(keys);
        } catch (IllegalArgumentException e) {
            if (keys.size() == 1) {
                add(keys.get(0), e);
                return;
            }
            int half = keys.size() / 2;
            apart(keys.subList(0, half), action);
            apart(keys.subList(half, keys.size()), action);
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }
}
