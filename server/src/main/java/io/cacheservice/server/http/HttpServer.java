package io.cacheservice.server.http;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheService;
import io.cacheservice.server.access.Reloaded;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link CacheService} over HTTP until it is stopped; {@code docs/http-api.md} says how.
 *
 * <p>Safe for use by many threads. The service is not closed with the server.
 */
public final class HttpServer {
    /** What is answered before a body was read, or in the middle of it. */
    private static final Set<Integer> LEAVE_A_BODY = Set.of(401, 403, 404, 405, 408, 413, 415, 421);

    private static final Logger LOG = Logger.getLogger(HttpServer.class.getName());

    /** Acceptors, selectors, health checks and what Jetty needs besides the requests. */
    private static final int THREADS_BESIDE_REQUESTS = 16;

    private final CacheConfig config;
    private final Limits limits;
    private final Access access;
    private final Optional<Tls> tls;
    private final FileWatch files;
    private final ListenAddress address;
    private final Metrics metrics;
    private final Routes routes;
    private final StatisticsHandler answered = new StatisticsHandler();
    private final Javalin javalin;
    private volatile boolean draining;
    private int port;

    private HttpServer(CacheService service, Limits limits, ListenAddress address, ContentTypes contentTypes) {
        this.config = service.config();
        this.limits = limits;
        this.address = address;
        this.tls = Tls.of(config);
        this.metrics = new Metrics(service);
        this.access = openAccess(config, address, metrics);
        List<Reloaded<?>> watched = Stream.<Optional<? extends Reloaded<?>>>of(access.tokensFile(), tls.map(Tls::files))
                .<Reloaded<?>>flatMap(Optional::stream)
                .toList();
        watched.forEach(metrics::watch);
        this.files = new FileWatch(watched);
        this.routes = new Routes(service, limits, contentTypes, metrics, new Health(service, () -> draining, watched));
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts to serve {@code service} where its configuration says.
     *
     * @param address where to listen, already judged
     * @param contentTypes of values that were stored without one
     * @throws BindException when the port is taken or not allowed; the message says which
     * @throws io.cacheservice.CacheConfigException when the files of tokens, certificate or key are broken
     */
    public static HttpServer start(CacheService service, ListenAddress address, ContentTypes contentTypes)
            throws BindException {
        return start(service, address, contentTypes, Limits.of(service.config()));
    }

    /** As {@link #start(CacheService, ListenAddress, ContentTypes)}, where nothing is known of such values. */
    public static HttpServer start(CacheService service, ListenAddress address) throws BindException {
        return start(service, address, ContentTypes.UNKNOWN);
    }

    static HttpServer start(CacheService service, ListenAddress address, ContentTypes contentTypes, Limits limits)
            throws BindException {
        HttpServer server = new HttpServer(service, limits, address, contentTypes);
        try {
            server.javalin.start();
            server.port = server.javalin.port();
            server.files.start();
            return server;
        } catch (JavalinBindException e) {
            server.metrics.close();
            BindException refusal = new BindException("cannot listen on " + address.host() + ":" + address.port() + ": "
                    + rootMessage(e)
                    + "; another program may be using the port: choose another with --port, or 0 for any free one");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static Access openAccess(CacheConfig config, ListenAddress address, Metrics metrics) {
        try {
            return new Access(config, address, metrics);
        } catch (CacheConfigException e) {
            metrics.close();
            throw e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /**
     * How the server ended. Told instead of logged: a log may be closed already when a program ends.
     *
     * @param requests how many were taken since the start
     * @param failure what went wrong at the end; null when all were answered
     */
    public record Stopped(long requests, @Nullable String failure) {}

    /**
     * Ends the server: says so on {@code /readyz} and asks callers to leave, then takes no more connections, then waits for
     * requests in flight, each step for a bounded time.
     */
    public Stopped stop() {
        draining = true;
        try {
            Thread.sleep(limits.drain().toMillis());
        } catch (InterruptedException e) {
            // whoever interrupts wants the end now: go on without the pause
            Thread.currentThread().interrupt();
        }
        String failure = null;
        try {
            javalin.stop();
        } catch (JavalinException e) {
            failure = e.getCause() instanceof TimeoutException
                    ? "requests still in flight after " + limits.stop().toMillis() + " ms were cut off"
                    : "the HTTP server failed to stop: " + rootMessage(e);
        }
        files.stop();
        metrics.close();
        return new Stopped(answered.getRequestTotal(), failure);
    }

    private void configure(JavalinConfig javalinConfig) {
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.showOldJavalinVersionWarning = false;
        javalinConfig.startup.startupWatcherEnabled = false;
        javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
        javalinConfig.http.prefer405over404 = true;
        javalinConfig.jetty.threadPool = threadPool();
        javalinConfig.jetty.modifyServer(this::configureServer);
        javalinConfig.jetty.modifyHttpConfiguration(this::configureHttp);
        javalinConfig.jetty.addConnector(this::connector);
        javalinConfig.router.javaLangErrorHandler(HttpServer::answerError);
        javalinConfig.routes.before(this::addFields);
        access.addTo(javalinConfig.routes);
        javalinConfig.routes.exception(Exception.class, HttpServer::answer);
        javalinConfig.routes.exception(HttpResponseException.class, HttpServer::answerStatus);
        routes.addTo(javalinConfig.routes);
    }

    private QueuedThreadPool threadPool() {
        // its queue holds at most a job for each connection, and those are bounded
        QueuedThreadPool pool = new QueuedThreadPool(limits.maxRequests() + THREADS_BESIDE_REQUESTS, 8);
        pool.setName("http");
        return pool;
    }

    private void configureServer(Server server) {
        server.setErrorHandler(new JettyProblems());
        server.setStopTimeout(limits.stop().toMillis());
        server.setStopAtShutdown(false);
        QoSHandler places = new QoSHandler();
        places.setMaxRequestCount(limits.maxRequests());
        places.setMaxSuspendedRequestCount(limits.maxWaiting());
        places.setMaxSuspend(limits.maxWait());
        places.excludePath(Health.LIVE, Health.READY);
        server.insertHandler(places);
        server.insertHandler(answered);
        // turns away what arrives once connections are no longer accepted, before it counts as taken
        server.insertHandler(new GracefulHandler());
        server.insertHandler(new AnswerDeadline(limits.bodyTime(), limits.answerRate()));
        server.addBean(new NetworkConnectionLimit(limits.maxConnections(), server));
    }

    private Connector connector(Server server, HttpConfiguration http) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = tls.map(t -> new ServerConnector(server, t.connections(), plain))
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(limits.idle().toMillis());
        return connector;
    }

    private void configureHttp(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setHttpCompliance(HttpCompliance.RFC9110);
        http.setRequestHeaderSize(limits.maxHeaderBytes());
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
    }

    /** Sets what every answer carries. */
    private void addFields(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Content-Security-Policy", Replies.NO_PAGE);
        if (draining) {
            ctx.header("Connection", "close");
        }
    }

    private static void answer(Exception failure, Context ctx) {
        if (ctx.res().isCommitted()) {
            // the reader has left, or was cut off, in the middle of an answer
            return;
        }
        Problem problem = Failures.toProblem(failure);
        if (problem.hidesCause()) {
            LOG.log(Level.WARNING, "a request failed: " + ctx.req().getMethod(), failure);
        }
        endIfUnread(ctx, problem.status());
        Replies.problem(ctx, problem);
    }

    /** Nothing can follow a body on its connection of which a part stays unread: whoever keeps connections is told. */
    private static void endIfUnread(Context ctx, int status) {
        boolean hasBody = ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
        if (hasBody && LEAVE_A_BODY.contains(status)) {
            ctx.header("Connection", "close");
        }
    }

    private static void answerStatus(HttpResponseException failure, Context ctx) {
        if (failure instanceof MethodNotAllowedResponse) {
            failure.getDetails().values().stream().findFirst().ifPresent(methods -> ctx.header("Allow", methods));
        }
        endIfUnread(ctx, failure.getStatus());
        Replies.problem(ctx, Problem.ofStatus(failure.getStatus(), Objects.toString(failure.getMessage(), "refused")));
    }

    private static void answerError(HttpServletResponse response, Error error) {
        LOG.log(Level.SEVERE, "a request failed", error);
        Problem problem = Failures.toProblem(error);
        try {
            response.setStatus(problem.status());
            response.setContentType(Problem.MEDIA_TYPE);
            response.getOutputStream().write(problem.toJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return Objects.toString(root.getMessage(), root.getClass().getSimpleName());
    }
}
