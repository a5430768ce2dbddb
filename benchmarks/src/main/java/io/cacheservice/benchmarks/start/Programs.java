package io.cacheservice.benchmarks.start;

import io.cacheservice.benchmarks.harness.Slice;
import io.cacheservice.benchmarks.start.program.FirstAnswer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How the programs are started: this Java with little heap, and for each only the libraries that it needs. */
public final class Programs implements AutoCloseable {
    private final Path folder;
    private final ClassPath classPath;
    private final int port;

    /** @param port of the Redis that they ask */
    public Programs(int port) {
        this.port = port;
        try {
            folder = Files.createTempDirectory("benchmark-start");
        } catch (IOException e) {
            throw new UncheckedIOException("there is no room for jars", e);
        }
        classPath = new ClassPath(folder);
    }

    /** The program of {@code subject}, as the JVM starts it by default. */
    public Slice program(String subject, List<String> libraries) {
        return new ProgramStart(command(subject, libraries, List.of()));
    }

    /** The same with an archive of the classes that it loads, which is made here. */
    public Slice archived(String subject, List<String> libraries) {
        Path archive = folder.resolve(subject + ".jsa");
        run(command(
                subject, libraries, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds*=off")));
        return new ProgramStart(command(subject, libraries, List.of("-XX:SharedArchiveFile=" + archive)));
    }

    private List<String> command(String subject, List<String> libraries, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        // those that allow what newer Java versions warn of, but for native access: with it JDK 25 takes an archive of
        // classes only in
        // part, and says so among what the program says
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--") && !option.startsWith("--enable-native-access"))
                .forEach(command::add);
        command.addAll(options);
        String program = classPath.ofPackage(FirstAnswer.class).toString();
        command.add("-cp");
        command.add(libraries.isEmpty() ? program : program + File.pathSeparator + classPath.of(libraries));
        command.addAll(List.of(FirstAnswer.class.getName(), subject, Integer.toString(port)));
        return command;
    }

    private static void run(List<String> command) {
        try {
            int status = new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.INHERIT)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("no archive could be made: the program ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
