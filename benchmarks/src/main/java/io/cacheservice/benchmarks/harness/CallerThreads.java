package io.cacheservice.benchmarks.harness;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/** Which kind of thread callers are. */
public enum CallerThreads {
    PLATFORM,
    /** Java 21 and later. */
    VIRTUAL;

    /** The kinds that this Java has. */
    public static List<CallerThreads> available() {
        List<CallerThreads> kinds = new ArrayList<>(List.of(PLATFORM));
        if (Runtime.version().feature() >= 21) {
            kinds.add(VIRTUAL);
        }
        return kinds;
    }

    Thread start(Runnable task) {
        if (this == VIRTUAL) {
            return Virtual.start(task);
        }
        Thread thread = new Thread(task, "caller");
        thread.start();
        return thread;
    }

    /** Resolved on first use, since the method is not there before Java 21 and the code is compiled for 17. */
    private static final class Virtual {
        private static final MethodHandle START = find();

        static Thread start(Runnable task) {
            try {
                return (Thread) START.invokeExact(task);
            } catch (RuntimeException | Error thrown) {
                throw thrown;
            } catch (Throwable checked) {
                throw new IllegalStateException("a virtual thread did not start", checked);
            }
        }

        private static MethodHandle find() {
            try {
                return MethodHandles.publicLookup()
                        .findStatic(
                                Thread.class,
                                "startVirtualThread",
                                MethodType.methodType(Thread.class, Runnable.class));
            } catch (ReflectiveOperationException missing) {
                throw new IllegalStateException("virtual threads need Java 21 or later", missing);
            }
        }
    }
}
