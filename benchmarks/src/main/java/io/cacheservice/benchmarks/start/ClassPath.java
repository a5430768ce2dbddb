package io.cacheservice.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a program needs of this one's class path and nothing else: what is found by name, such as a service or a logger, is looked
 * for in every jar. Folders of classes become jars, which is how users have them.
 */
final class ClassPath {
    private final List<Path> all;
    private final Path folder;

    /** @param folder for the jars that are made here */
    ClassPath(Path folder) {
        this.folder = folder;
        this.all = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    /**
     * Those that are named.
     *
     * @param names of jars, up to their version, or of the modules of this project
     */
    String of(List<String> names) {
        return names.stream()
                .map(name -> all.stream()
                        .filter(entry -> isNamed(entry, name))
                        .findFirst()
                        .map(entry -> Files.isDirectory(entry) ? packed(entry, "", name) : entry)
                        .orElseThrow(() -> new IllegalStateException(name + " is not on the class path"))
                        .toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A jar of one package of this module. */
    Path ofPackage(Class<?> member) {
        String inside = member.getPackageName().replace('.', '/');
        Path root = all.stream()
                .filter(entry -> Files.isDirectory(entry.resolve(inside)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(inside + " is not on the class path"));
        return packed(root, inside, "program");
    }

    private static boolean isNamed(Path entry, String name) {
        return Files.isDirectory(entry)
                ? entry.endsWith(Path.of(name, "target", "classes"))
                : entry.getFileName().toString().matches("(cache-service-)?" + name + "-[0-9].*\\.jar");
    }

    private Path packed(Path root, String inside, String name) {
        Path jar = folder.resolve(name + ".jar");
        if (!Files.exists(jar)) {
            List<Path> files = new ArrayList<>();
            try (Stream<Path> found = Files.walk(root.resolve(inside));
                    JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                found.filter(Files::isRegularFile).sorted().forEach(files::add);
                for (Path file : files) {
                    out.putNextEntry(
                            new JarEntry(root.relativize(file).toString().replace(File.separatorChar, '/')));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(jar + " cannot be written", e);
            }
        }
        return jar;
    }
}
