package io.cacheservice.server.source;

import io.cacheservice.LoadContext;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One source at work: it is asked for keys, finds what their pattern says of them, and reads the records. */
final class OpenSource implements AutoCloseable {
    /** What a driver says of a query that was ended because its time was over, or by an operator. */
    private static final String QUERY_CANCELED = "57014";

    private final SourceSettings settings;
    private final Records records;

    OpenSource(SourceSettings settings, Records records) {
        this.settings = settings;
        this.records = records;
    }

    SourceSettings settings() {
        return settings;
    }

    Records records() {
        return records;
    }

    boolean matches(String key) {
        return settings.pattern().match(key) != null;
    }

    /** The media type of the value of {@code key}, which matches. */
    Optional<String> contentType(String key) {
        return settings.contentType().or(() -> records.contentType(matched(key)));
    }

    /**
     * The record of {@code key}, which matches; null when there is none.
     *
     * @throws SourceFailure when the source cannot answer
     */
    byte @Nullable [] load(String key, LoadContext<byte[]> context) throws InterruptedException {
        List<String> matched = matched(key);
        if (matched.contains("")) {
            return null;
        }
        try {
            return records.read(matched, key, context);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw failure(e);
        }
    }

    /** The records of {@code keys}, which match, without those that have none. */
    Map<String, byte[]> loadAll(Records.InBulk many, Set<String> keys) throws InterruptedException {
        Map<String, List<String>> keysOfId = new LinkedHashMap<>();
        for (String key : keys) {
            String id = matched(key).get(0);
            if (!id.isEmpty()) {
                keysOfId.computeIfAbsent(id, first -> new ArrayList<>()).add(key);
            }
        }
        Map<String, byte[]> values = new LinkedHashMap<>();
        readAll(many, keysOfId.keySet())
                .forEach((id, value) ->
                        Objects.requireNonNull(keysOfId.get(id), id).forEach(key -> values.put(key, value)));
        return values;
    }

    private Map<String, byte[]> readAll(Records.InBulk many, Set<String> ids) throws InterruptedException {
        try {
            return ids.isEmpty() ? Map.of() : many.readAll(ids);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw failure(e);
        }
    }

    private List<String> matched(String key) {
        return Objects.requireNonNull(settings.pattern().match(key), "a source is asked for keys of its pattern only");
    }

    private SourceFailure failure(Exception e) {
        String source = "the source for keys like '" + settings.pattern().text() + "' ";
        if (isTimeout(e)) {
            return new SourceFailure(source + "did not answer in time", true, e);
        }
        return new SourceFailure(
                source
                        + (e instanceof UnusableRecord unusable
                                ? unusable.getMessage()
                                : "failed; the server has logged why"),
                false,
                e);
    }

    private static boolean isTimeout(Throwable failure) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof SQLTimeoutException
                    || e instanceof TimeoutException
                    || e instanceof HttpTimeoutException
                    || e instanceof SocketTimeoutException
                    || (e instanceof SQLException sql && QUERY_CANCELED.equals(sql.getSQLState()))
                    // the pool's, when all connections stay in use; with a cause, it could open none
                    || (e instanceof SQLTransientConnectionException && e.getCause() == null)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        records.close();
    }
}
