package io.cacheservice.redis.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a process holds at one moment.
 *
 * @param figures by name; in bytes where the name ends so
 */
public record Vitals(Map<String, Long> figures) {
    private static final List<String> OF_A_SERVER = List.of(
            "used_memory",
            "connected_clients",
            "tracking_clients",
            "tracking_total_keys",
            "tracking_total_items",
            "mem_clients_normal",
            "client_recent_max_output_buffer");

    /** Those of this JVM, after a full collection. */
    public static Vitals ofThisJvm() throws IOException {
        System.gc();
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("heap_bytes", collectedBytes());
        figures.put(
                "direct_bytes",
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum());
        figures.put("resident_bytes", residentBytes());
        figures.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        figures.put(
                "handles",
                ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                        .getOpenFileDescriptorCount());
        return new Vitals(figures);
    }

    /** What the last collections have left: what was used since does not count. */
    private static long collectedBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    private static long residentBytes() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status"), UTF_8).stream()
                .filter(each -> each.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
    }

    /** Those of a server that says {@code info} of itself. */
    public static Vitals ofServer(Map<String, String> info) {
        Map<String, Long> figures = new LinkedHashMap<>();
        for (String name : OF_A_SERVER) {
            figures.put(name, Long.parseLong(info.getOrDefault(name, "0")));
        }
        return new Vitals(figures);
    }

    /** Those of several processes together. */
    public static Vitals sum(Collection<Vitals> some) {
        Map<String, Long> figures = new LinkedHashMap<>();
        some.forEach(vitals -> vitals.figures.forEach((name, value) -> figures.merge(name, value, Long::sum)));
        return new Vitals(figures);
    }

    /** These and others of the same process. */
    public Vitals and(Map<String, Long> others) {
        Map<String, Long> both = new LinkedHashMap<>(figures);
        both.putAll(others);
        return new Vitals(both);
    }

    /** Reads what {@link #text()} wrote. */
    public static Vitals parse(String text) {
        Map<String, Long> figures = new LinkedHashMap<>();
        Arrays.stream(text.split(" ", -1)).map(each -> each.split("=", 2)).forEach(each -> {
            figures.put(each[0], Long.parseLong(each[1]));
        });
        return new Vitals(figures);
    }

    public String text() {
        return figures.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }
}
