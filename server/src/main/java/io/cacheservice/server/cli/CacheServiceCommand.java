package io.cacheservice.server.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "cache-service",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A cache in this process or in Redis, served over HTTP.",
        subcommands = {
            ServeCommand.class,
            GetCommand.class,
            SetCommand.class,
            DeleteCommand.class,
            ExpireCommand.class,
            InvalidateTagCommand.class,
            ClearCommand.class,
            KeysCommand.class,
            InspectCommand.class,
            WarmCommand.class,
            StatsCommand.class,
            DoctorCommand.class,
            DemoCommand.class,
            SimulateCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the key is absent, or simulate saw a read fail",
            "2:the command line or a setting is wrong",
            "3:the server or Redis cannot be reached, or cannot serve now",
            "4:the server, Redis or the source refused",
            "5:a defect of this program",
            "6:standard output could not be written",
            "7:the doctor found a fault"
        },
        exitCodeOnExecutionException = ExitCode.DEFECT,
        footer = {
            "",
            "Start with:   cache-service serve",
            "then:         cache-service set greeting hello && cache-service get greeting"
        })
public final class CacheServiceCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    private CacheServiceCommand() {}

    /** Runs the command that {@code args} ask for and returns its exit code. */
    public static int run(String... args) {
        CommandLine line = new CommandLine(new CacheServiceCommand());
        // keys and values may begin with an at sign
        line.setExpandAtFiles(false);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailure known) {
                error(command.getErr(), String.valueOf(known.getMessage()));
                return known.exitCode();
            }
            return defect(command.getErr(), failure);
        });
        try {
            return line.execute(args);
        } catch (Error e) {
            return defect(line.getErr(), e);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See cache-service --help");
    }

    /** Tells where it happened. Messages are left out: whoever wrote them did not know who reads them here. */
    private static int defect(PrintWriter err, Throwable failure) {
        error(
                err,
                "unexpected: " + failure.getClass().getSimpleName() + ", a defect; please report it with these lines");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            err.println(cause.getClass().getName());
            for (StackTraceElement frame : cause.getStackTrace()) {
                err.println("\tat " + frame);
            }
        }
        err.flush();
        return ExitCode.DEFECT;
    }

    private static void error(PrintWriter err, String message) {
        err.println("cache-service: " + message);
        err.flush();
    }
}
