package io.cacheservice.server.cli;

import io.cacheservice.CacheConfig;
import io.cacheservice.CacheConfigException;
import io.cacheservice.TimeSource;
import io.cacheservice.redis.doctor.Doctor;
import io.cacheservice.redis.doctor.Level;
import io.cacheservice.redis.doctor.Report;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code doctor}: examines the Redis that the settings name. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Examines the Redis that the settings name: whether it can be reached, may be used, and is set up as a"
                    + " cache needs it. Writes one probe key to each server and deletes it.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no fault; there may be warnings",
            "2:the command line or a setting is wrong",
            "3:no server could be examined",
            "7:at least one fault"
        },
        footer = {
            "",
            "Settings come from the command line, else from CACHE_* in the environment, else from the file, as for"
                    + " serve. docs/doctor.md lists the checks."
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final SettingOptions settings = new SettingOptions();

    @Option(names = "--json", description = "Prints the findings as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logging.quieten();
        Report report;
        try {
            CacheConfig config = settings.read(Map.of());
            report = new Doctor(TimeSource.system()).examine(config);
        } catch (CacheConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(FindingsText.json(report)));
        } else {
            FindingsText.lines(report).forEach(out::println);
        }
        out.flush();
        return exitCode(report);
    }

    static int exitCode(Report report) {
        if (!report.examined()) {
            return ExitCode.UNREACHABLE;
        }
        return report.count(Level.FAULT) > 0 ? ExitCode.FAULT : ExitCode.OK;
    }
}
