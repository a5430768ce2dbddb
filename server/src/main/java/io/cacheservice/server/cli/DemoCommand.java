package io.cacheservice.server.cli;

import io.cacheservice.server.demo.Demo;
import io.cacheservice.server.demo.DemoFailure;
import io.cacheservice.server.demo.DemoOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: shows the cache at work, and what its promises mean when the source or Redis is away. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows the cache at work on this machine: two processes read cities of the world through it from an SQL"
                    + " database. Whatever it starts is gone when it ends (Ctrl-C ends it sooner).",
            ""
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "5000",
            description = "How many cities are asked for, some much more often than others (${DEFAULT-VALUE}).")
    private int keys;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Reads in a second, both processes together (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long (${DEFAULT-VALUE}); 0: until Ctrl-C.")
    private int seconds;

    @Option(names = "--kill-source", description = "Lets the database refuse everybody for a third of the time.")
    private boolean killSource;

    @Option(
            names = "--kill-redis",
            description =
                    "Kills Redis (kill -9) and starts it again a third of the time later; with --kill-source, each is"
                            + " away for a sixth.")
    private boolean killRedis;

    @Option(
            names = "--redis-server",
            paramLabel = "FILE",
            description = "The Redis or Valkey to start, in place of the bundled one.")
    private @Nullable Path redisServer;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        require("--keys", keys, 1, DemoOptions.MOST_KEYS);
        require("--rate", rate, DemoOptions.LEAST_RATE, DemoOptions.MOST_RATE);
        require("--seconds", seconds, 0, Integer.MAX_VALUE / 1000);
        if ((killSource || killRedis) && seconds != 0) {
            require(
                    "--seconds, with something to kill,",
                    seconds,
                    DemoOptions.LEAST_SECONDS_WITH_OUTAGE,
                    Integer.MAX_VALUE / 1000);
        }
        try {
            Demo.run(
                    new DemoOptions(keys, rate, seconds, killSource, killRedis, Optional.ofNullable(redisServer)),
                    System.out,
                    Terminal.isThere());
        } catch (DemoFailure e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
        return Output.done();
    }

    private void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " = " + value + " is refused: expected " + least + " to " + most);
        }
    }
}
