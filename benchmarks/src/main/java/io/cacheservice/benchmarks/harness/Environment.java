package io.cacheservice.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a result depends on besides the code: the Java, the machine, and the versions on the class path. */
public final class Environment {
    private static final Pattern JAR_VERSION = Pattern.compile("-(\\d[^/]*)\\.jar$");

    private Environment() {}

    /** The running Java, with the options that change its speed. */
    public static Map<String, Object> jdk() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", System.getProperty("java.runtime.version", "unknown"));
        facts.put("vendor", System.getProperty("java.vendor", "unknown"));
        facts.put(
                "options",
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(option -> option.startsWith("-X"))
                        .toList());
        return facts;
    }

    /** Processor, cores, memory and operating system; nothing that names the machine. */
    public static Map<String, Object> machine() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("processor", firstOf("/proc/cpuinfo", "model name\\s*:\\s*(.*)"));
        facts.put("cores", Runtime.getRuntime().availableProcessors());
        facts.put("memory", firstOf("/proc/meminfo", "MemTotal:\\s*(.*)"));
        // up to the first dash: what follows names the build of the kernel, and often its owner
        facts.put(
                "os",
                System.getProperty("os.name") + " "
                        + System.getProperty("os.version").split("-", 2)[0]);
        facts.put("architecture", System.getProperty("os.arch", "unknown"));
        return facts;
    }

    /** The version of the library that {@code type} belongs to, as its jar is named; "built here" for our own classes. */
    public static String versionOf(Class<?> type) {
        try {
            Path location = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Matcher jar = JAR_VERSION.matcher(location.getFileName().toString());
            return jar.find() ? jar.group(1) : "built here";
        } catch (URISyntaxException notAFile) {
            return "unknown";
        }
    }

    private static String firstOf(String file, String pattern) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return "unknown";
        }
        try {
            Matcher line = Pattern.compile(pattern).matcher(Files.readString(path));
            return line.find() ? line.group(1).trim() : "unknown";
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
