package io.cacheservice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes and temporary folders of this JVM, ended and deleted when it exits at the latest.
 *
 * <p>A JVM that is itself killed with {@code kill -9} runs no shutdown hook and leaves them behind.
 */
final class OwnedResources {
    private static final Set<Process> PROCESSES = new HashSet<>();
    private static final Set<Path> FOLDERS = new HashSet<>();
    private static boolean exiting;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OwnedResources::giveBackAll, "testkit-exit"));
    }

    private OwnedResources() {}

    /** Starts a process that does not outlive this JVM. */
    static synchronized Process start(ProcessBuilder builder) throws IOException {
        if (exiting) {
            throw new IllegalStateException("The JVM is exiting: nothing would stop a process started now");
        }
        Process process = builder.start();
        PROCESSES.add(process);
        return process;
    }

    /** Forgets a process that has ended. */
    static synchronized void ended(Process process) {
        PROCESSES.remove(process);
    }

    /** Makes a folder that only this user can read. */
    static synchronized Path newFolder(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        FOLDERS.add(folder);
        return folder;
    }

    static synchronized void delete(Path folder) throws IOException {
        FOLDERS.remove(folder);
        deleteTree(folder);
    }

    static void deleteTree(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException alreadyGone) {
            return;
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private static synchronized void giveBackAll() {
        exiting = true;
        PROCESSES.forEach(Process::destroyForcibly);
        try {
            for (Process process : PROCESSES) {
                // Waiting lets this JVM reap its child, so that no zombie is left to a parent that never asks.
                process.waitFor(5, TimeUnit.SECONDS);
            }
            for (Path folder : FOLDERS) {
                deleteTree(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A temporary folder of the test kit is left behind", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
