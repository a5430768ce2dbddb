package io.cacheservice.server.cli;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.CacheException;
import io.cacheservice.CacheService;
import io.cacheservice.server.http.HttpServer;
import io.cacheservice.server.http.ListenAddress;
import io.cacheservice.server.source.OpenSources;
import io.cacheservice.server.source.SourceSettings;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code serve}: opens the cache and serves it over HTTP until the process is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Serves the cache over HTTP until it is told to stop (Ctrl-C or SIGTERM).",
            "Without a Redis it keeps everything in its own memory. Sources in the file answer for what is not there.",
            ""
        },
        footer = {
            "",
            "Settings come from the command line, else from CACHE_* in the environment, else from the file, else"
                    + " they have their default. docs/configuration.md lists them, docs/sources.md the sources."
        })
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "Sets server.port (7070); 0 picks a free one.")
    private @Nullable String port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Sets server.bind (127.0.0.1). Any but a loopback address needs server.tokensFile,"
                    + " server.tokens or --insecure.")
    private @Nullable String bind;

    @Mixin
    private final SettingOptions settings = new SettingOptions();

    @Option(names = "--insecure", description = "Serves everyone who can reach the address, without tokens.")
    private boolean insecure;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quieten();
        CacheConfig config;
        ListenAddress address;
        CacheService service;
        List<SourceSettings> wanted;
        try {
            config = settings.read(commandLine());
            wanted = settings.sources();
            address = ListenAddress.of(config, insecure);
            service = CacheService.open(config);
        } catch (CacheConfigException | UnsupportedOperationException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (CacheException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
        try (OpenSources sources = open(wanted, service);
                service) {
            HttpServer server = listen(service, address, sources);
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, service, sources, stopped), "stop"));
            PrintStream out = System.out;
            StartupScreen.lines(config, address, server.port(), sources.lines()).forEach(out::println);
            StartupScreen.print(out, "Ready", "after " + millisSinceJvmStart() + " ms; Ctrl-C stops it");
            stopped.await();
        }
        return ExitCode.OK;
    }

    private static OpenSources open(List<SourceSettings> wanted, CacheService service) {
        try {
            return OpenSources.open(wanted, service);
        } catch (CacheConfigException e) {
            service.close();
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static HttpServer listen(CacheService service, ListenAddress address, OpenSources sources) {
        try {
            return HttpServer.start(service, address, sources::contentType);
        } catch (BindException | CacheConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static void stop(HttpServer server, CacheService service, OpenSources sources, CountDownLatch stopped) {
        StartupScreen.print(System.out, "Stopping", "requests in flight are finished first");
        HttpServer.Stopped end = server.stop();
        service.close();
        sources.close();
        String failure = end.failure();
        StartupScreen.print(
                System.out,
                "Stopped",
                "after " + end.requests() + " requests" + (failure == null ? "" : ", but " + failure));
        stopped.countDown();
    }

    private Map<String, ConfigSources.Given> commandLine() {
        Map<String, ConfigSources.Given> given = new LinkedHashMap<>();
        put(given, "server.port", port, "--port");
        put(given, "server.bind", bind, "--bind");
        return given;
    }

    private static void put(Map<String, ConfigSources.Given> given, String name, @Nullable String text, String option) {
        if (text != null) {
            given.put(name, new ConfigSources.Given(text, option));
        }
    }

    private static long millisSinceJvmStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
