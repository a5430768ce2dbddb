package io.cacheservice.server.cli;

import io.cacheservice.server.demo.DemoFailure;
import io.cacheservice.server.demo.DemoOptions;
import io.cacheservice.server.demo.Simulation;
import io.cacheservice.server.demo.SimulationOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code simulate}: replays faults against the demo and says what each cost. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Replays faults of Redis and of the source, one after the other, while two processes read cities of the world"
                    + " through the cache, and says what each cost their readers. Whatever it starts is gone when it ends"
                    + " (Ctrl-C ends it sooner).",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no reader got an error, and all was normal again after each fault",
            "1:a reader got an error, or something was not normal again in time",
            "2:the command line is wrong",
            "3:something did not start"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_READ_TIMEOUT_MILLIS = 10_000;

    @Parameters(arity = "0..*", paramLabel = "FAULT", description = "Names of --list; all when there is none.")
    private List<String> faults = new ArrayList<>();

    @Option(names = "--list", description = "Lists the faults and ends.")
    private boolean list;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "4",
            description = "How long each fault lasts (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "500",
            description = "How many cities are asked for, some much more often than others (${DEFAULT-VALUE}).")
    private int keys;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Reads in a second, both processes together (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--read-timeout",
            paramLabel = "MS",
            defaultValue = "50",
            description = "What a read may wait for Redis, in milliseconds (${DEFAULT-VALUE}).")
    private int readTimeoutMillis;

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
        if (list) {
            Simulation.faults().forEach((name, what) -> System.out.printf("%-15s %s%n", name, what));
            return Output.done();
        }
        for (String each : faults) {
            if (!Simulation.faults().containsKey(each)) {
                throw refused("FAULT = '" + each + "' is refused: expected one of "
                        + String.join(", ", Simulation.faults().keySet()));
            }
        }
        require("--seconds", seconds, 1, MOST_SECONDS);
        require("--keys", keys, 1, DemoOptions.MOST_KEYS);
        require("--rate", rate, DemoOptions.LEAST_RATE, DemoOptions.MOST_RATE);
        require("--read-timeout", readTimeoutMillis, 1, MOST_READ_TIMEOUT_MILLIS);
        boolean good;
        try {
            good = Simulation.run(
                    new SimulationOptions(
                            faults, seconds, keys, rate, readTimeoutMillis, Optional.ofNullable(redisServer)),
                    System.out);
        } catch (DemoFailure e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
        int written = Output.done();
        return good ? written : ExitCode.READ_FAILED;
    }

    private void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw refused(option + " = " + value + " is refused: expected " + least + " to " + most);
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
