package io.cacheservice.redis;

import java.util.stream.Collectors;

/** What every thread is doing, for a test that found something to hang. */
final class ThreadDump {
    private ThreadDump() {}

    static String take() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(entry -> entry.getKey() + "\n\t"
                        + java.util.Arrays.stream(entry.getValue())
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n\t")))
                .collect(Collectors.joining("\n"));
    }
}
