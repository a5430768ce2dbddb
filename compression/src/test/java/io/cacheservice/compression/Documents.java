package io.cacheservice.compression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Small JSON documents that have names of fields in common and ids of their own. */
final class Documents {
    private static final String[] CITIES = {"Oslo", "Lisbon", "Kyoto", "Quito", "Tunis", "Perth", "Turin", "Minsk"};

    private final Random random;

    Documents(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        return "{\"id\":\"" + new UUID(random.nextLong(), random.nextLong()) + "\",\"createdAt\":\"20"
                + (10 + random.nextInt(20)) + "-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10)
                + "T08:00:00Z\",\"address\":{\"city\":\"" + CITIES[random.nextInt(CITIES.length)]
                + "\",\"postalCode\":\"" + (10_000 + random.nextInt(89_999)) + "\"},\"preferences\":{\"newsletter\":"
                + random.nextBoolean() + ",\"theme\":\"" + (random.nextBoolean() ? "dark" : "light")
                + "\",\"pageSize\":" + random.nextInt(100) + "},\"avatar\":\"https://images.example.org/avatars/"
                + Long.toHexString(random.nextLong()) + ".png\"}";
    }

    List<String> next(int count) {
        List<String> documents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            documents.add(next());
        }
        return documents;
    }

    List<byte[]> nextBytes(int count) {
        return next(count).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
