package io.cacheservice.benchmarks.harness;

import java.util.Arrays;

/** One figure that a slice yields, with its unit. */
public enum Metric {
    /** Wall time of one operation as its thread sees it. */
    NANOS_PER_OPERATION("ns/op", 1),
    /**
     * CPU time of all Java threads for one operation: without the waits for a core that other processes had, and with the
     * housekeeping that a cache hands to other threads.
     */
    CPU_NANOS_PER_OPERATION("CPU ns/op", 1),
    OPERATIONS_PER_SECOND("ops/s", 0),
    P50_MICROS("p50 us", 0),
    P99_MICROS("p99 us", 0),
    P999_MICROS("p99.9 us", 0),
    MAX_MICROS("max us", 0),
    /** Of these, how many took longer than a second. */
    LATER_THAN_A_SECOND("later than 1 s", 0),
    /** The median with the call itself, where the others count from its return. */
    P50_MICROS_FROM_CALL("p50 us from call", 0),
    P99_MICROS_FROM_CALL("p99 us from call", 0),
    WRITES("writes", 0),
    READS_PER_SECOND("reads/s", 0),
    /** How often the source was asked. */
    LOADS("loads", 0),
    /** From the common beginning until the last caller had its answer. */
    LAST_CALLER_MILLIS("last caller ms", 0),
    /** The same as a multiple of the time that one load takes. */
    LAST_CALLER_LOAD_TIMES("last caller x load", 1),
    P50_CALLER_MILLIS("p50 caller ms", 0),
    /** How often the source was asked around one end of a life, in the mean of the slice's ends. */
    LOADS_PER_END("loads/end", 2),
    /** The longest read around one end of a life, in the mean of the slice's ends. */
    LONGEST_READ_MILLIS("longest read ms", 0),
    /** Reads around one end that took longer than half a load, in the mean of the slice's ends. */
    WAITING_READS_PER_END("waiting reads/end", 1),
    ENDS("ends", 0),
    P50_MILLIS("p50 ms", 1),
    P99_MILLIS("p99 ms", 1),
    P999_MILLIS("p99.9 ms", 1),
    /** Reads that ended with an exception. */
    ERRORS_PER_SECOND("errors/s", 0),
    /** How often the source was asked. */
    LOADS_PER_SECOND("loads/s", 0),
    /** From the fault until the cache asked the server no more. */
    LEFT_ALONE_AFTER_MILLIS("left alone after ms", 0),
    /** Of the reads that had begun by then. */
    P99_UNTIL_LEFT_ALONE_MILLIS("p99 ms until then", 1),
    /** From the repair until the source was no longer asked. */
    NORMAL_AFTER_MILLIS("normal after ms", 0),
    /** What values take beside what is stored of them, header left out. */
    COMPRESSION_RATIO("ratio", 2),
    STORED_BYTES_PER_VALUE("stored B", 0),
    COMPRESS_NANOS_PER_VALUE("compress ns", 0),
    DECOMPRESS_NANOS_PER_VALUE("decompress ns", 0),
    /** What the server takes for a value, its key and all that belongs to it. */
    SERVER_BYTES_PER_VALUE("server B/value", 0),
    ALLOCATED_BYTES_PER_OPERATION("alloc B/op", 0),
    /** CPU time of this whole process, garbage collection and compilation included. */
    CLIENT_CPU_MICROS_PER_OPERATION("client CPU us/op", 1),
    /** CPU time of the server's main thread. */
    SERVER_CPU_MICROS_PER_OPERATION("server CPU us/op", 1),
    /** From the beginning of {@code main} to the first answer. */
    FIRST_ANSWER_MILLIS("first answer ms", 0),
    /** From the start of a process to its end. */
    PROCESS_MILLIS("process ms", 0),
    /** CPU time of that process: compiling and loading on other threads included. */
    PROCESS_CPU_MILLIS("CPU ms", 0),
    /** What all other processes used meanwhile, in cores. */
    FOREIGN_CPU_CORES("foreign cores", 2);

    private final String label;
    private final int decimals;

    Metric(String label, int decimals) {
        this.label = label;
        this.decimals = decimals;
    }

    /** The name with its unit, as tables and files show it. */
    public String label() {
        return label;
    }

    /** How many digits behind the point say something. */
    public int decimals() {
        return decimals;
    }

    /**
     * The metric that files call {@code label}.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Metric labelled(String label) {
        return Arrays.stream(values())
                .filter(metric -> metric.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + label + "\" is no metric"));
    }
}
