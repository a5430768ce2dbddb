package io.cacheservice.examples;

import io.cacheservice.Cache;
import io.cacheservice.CacheService;
import io.cacheservice.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Lesson: a test of code that caches moves the clock by hand instead of sleeping. */
public final class MovingTheClock {
    private MovingTheClock() {}

    /** Runs the lesson and says what happened. */
    public static void main(String[] args) {
        System.out.println(run());
    }

    static List<String> run() {
        ManualTime time = new ManualTime();
        AtomicInteger loads = new AtomicInteger();
        List<String> readings = new ArrayList<>();
        try (CacheService service = CacheService.builder().time(time).open()) {
            Cache<String, String> weather = service.cache("weather", String.class)
                    .ttl(Duration.ofMinutes(10))
                    .loader(city -> city + " " + loads.incrementAndGet())
                    .open();
            readings.add(weather.get("Bern"));
            time.advance(Duration.ofMinutes(8)); // loaded values live for their ttl less at most a tenth
            readings.add(weather.get("Bern"));
            time.advance(Duration.ofMinutes(2));
            readings.add(weather.get("Bern"));
        }
        return readings;
    }
}
