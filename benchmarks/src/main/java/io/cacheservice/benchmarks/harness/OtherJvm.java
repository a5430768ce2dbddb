package io.cacheservice.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM like this one: the same Java, class path and options. */
public final class OtherJvm {
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private OtherJvm() {}

    /** Starts {@code main} with {@code arguments} when told to; what it says on the error stream goes to the console. */
    public static ProcessBuilder of(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    }

    /**
     * Lets one end that ends with its standard input, by force if it takes long.
     *
     * @throws UncheckedIOException when its input cannot be closed
     */
    public static void end(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Has a JVM's {@link System#nanoTime()} count from where this one's does: what happens in both can be compared.
     *
     * @param before of this JVM, before the other was started
     * @param ready of the other, later
     * @throws IllegalStateException when it does not
     */
    public static void requireOneClock(long before, long ready) {
        if (ready < before || ready > System.nanoTime()) {
            throw new IllegalStateException(
                    "System.nanoTime() of two JVMs cannot be compared on this system, so nothing can"
                            + " be timed between them");
        }
    }
}
