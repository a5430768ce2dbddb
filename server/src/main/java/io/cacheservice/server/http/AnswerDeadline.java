package io.cacheservice.server.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes the connections of readers who take an answer too slowly. The idle time-out does not: it begins anew with every
 * byte that they take. Only the time that writes take is theirs: an answer that comes line by line, with pauses, may last as
 * long as it likes.
 */
final class AnswerDeadline extends Handler.Wrapper {
    private final Duration grace;
    private final long bytesPerSecond;

    /** A reader may take {@code grace}, and a second more for each {@code bytesPerSecond} written so far. */
    AnswerDeadline(Duration grace, long bytesPerSecond) {
        this.grace = grace;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Timed(request, response), callback);
    }

    private final class Timed extends Response.Wrapper {
        private final EndPoint connection;
        private final Scheduler scheduler;
        private long takenNanos;
        private long bytes;

        Timed(Request request, Response response) {
            super(request, response);
            this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
            this.scheduler = request.getComponents().getScheduler();
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            long begunNanos = System.nanoTime();
            bytes += content == null ? 0 : content.remaining();
            long leftNanos =
                    grace.toNanos() + TimeUnit.SECONDS.toNanos(1) / 1000 * (bytes * 1000 / bytesPerSecond) - takenNanos;
            Scheduler.Task end = scheduler.schedule(this::cutOff, Math.max(leftNanos, 1), TimeUnit.NANOSECONDS);
            Runnable ended = () -> {
                end.cancel();
                takenNanos += System.nanoTime() - begunNanos;
            };
            super.write(last, content, Callback.from(ended, callback));
        }

        private void cutOff() {
            connection.close(new TimeoutException("the answer was taken too slowly"));
        }
    }
}
