package io.cacheservice.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * JSON documents of some 660 bytes, half metadata of tracks, half profiles of users: names of fields repeat, ids, hashes and dates are
 * random, as in the answers of many services.
 */
final class SmallDocuments {
    private static final String[] WORDS =
            ("river stone light winter engine paper garden silver orange night window market "
                            + "harbor mountain signal copper velvet thunder meadow lantern bridge cloud summer forest island mirror shadow "
                            + "morning desert ocean crystal feather marble canyon ember falcon ginger hollow ivory jasmine kettle lemon maple "
                            + "nectar olive pepper quartz ribbon saffron tulip umbra violet walnut yonder zephyr anchor beacon cedar dune echo")
                    .split(" ");
    private static final String[] GENRES = {
        "rock", "jazz", "pop", "classical", "electronic", "folk", "hip-hop", "ambient", "metal", "soul"
    };
    private static final String[] COUNTRIES = {"DE", "FR", "US", "GB", "JP", "BR", "IN", "SE", "NL", "ES"};
    private static final String[] LANGUAGES = {"en-US", "de-DE", "fr-FR", "ja-JP", "pt-BR", "sv-SE"};
    private static final String[] ROLES = {"reader", "editor", "admin", "billing", "support", "owner"};
    private final Random random;

    SmallDocuments(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        return (random.nextBoolean() ? track() : profile()).getBytes(StandardCharsets.UTF_8);
    }

    private String track() {
        StringBuilder out = new StringBuilder("{\"type\":\"track\",\"id\":\"")
                .append(uuid())
                .append("\",\"isrc\":\"")
                .append(letters(2))
                .append(digits(10))
                .append("\",\"title\":\"")
                .append(words(1 + random.nextInt(5)))
                .append("\",\"durationMs\":")
                .append(90_000 + random.nextInt(400_000))
                .append(",\"explicit\":")
                .append(random.nextBoolean())
                .append(",\"popularity\":")
                .append(random.nextInt(101))
                .append(",\"genre\":\"")
                .append(one(GENRES))
                .append("\",\"album\":{\"id\":\"")
                .append(uuid())
                .append("\",\"title\":\"")
                .append(words(1 + random.nextInt(4)))
                .append("\",\"releaseDate\":\"")
                .append(date())
                .append("\",\"cover\":\"https://images.example.org/covers/")
                .append(hex(40))
                .append(".jpg\"},\"artists\":[");
        int artists = 1 + random.nextInt(4) * random.nextInt(2);
        for (int i = 0; i < artists; i++) {
            out.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(uuid())
                    .append("\",\"name\":\"")
                    .append(words(1 + random.nextInt(2)))
                    .append("\"}");
        }
        return out.append("],\"availableIn\":[")
                .append(list(COUNTRIES, 1 + random.nextInt(6)))
                .append("],\"playCount\":")
                .append(random.nextInt(50_000_000))
                .append(",\"previewUrl\":\"https://audio.example.org/preview/")
                .append(hex(32))
                .append(".mp3\",\"updatedAt\":\"")
                .append(date())
                .append("T")
                .append(time())
                .append("Z\"}")
                .toString();
    }

    private String profile() {
        String first = word();
        String last = word();
        StringBuilder out = new StringBuilder("{\"type\":\"user\",\"id\":\"")
                .append(uuid())
                .append("\",\"accountNumber\":")
                .append(digits(12))
                .append(",\"name\":{\"first\":\"")
                .append(first)
                .append("\",\"last\":\"")
                .append(last)
                .append("\"},\"email\":\"")
                .append(first)
                .append('.')
                .append(last)
                .append(random.nextInt(10_000))
                .append("@mail.example.org\",\"phone\":\"+")
                .append(digits(11))
                .append("\",\"createdAt\":\"")
                .append(date())
                .append("T")
                .append(time())
                .append("Z\",\"lastLogin\":\"")
                .append(date())
                .append("T")
                .append(time())
                .append("Z\",\"locale\":\"")
                .append(one(LANGUAGES))
                .append("\",\"country\":\"")
                .append(one(COUNTRIES))
                .append("\",\"roles\":[")
                .append(list(ROLES, 1 + random.nextInt(3)))
                .append("],\"avatar\":\"https://images.example.org/avatars/")
                .append(hex(40))
                .append(".png\",\"preferences\":{\"theme\":\"")
                .append(random.nextBoolean() ? "dark" : "light")
                .append("\",\"newsletter\":")
                .append(random.nextBoolean())
                .append(",\"pageSize\":")
                .append(10 * (1 + random.nextInt(10)))
                .append("},\"address\":{\"street\":\"")
                .append(words(2))
                .append(' ')
                .append(random.nextInt(300))
                .append("\",\"postalCode\":\"")
                .append(digits(5))
                .append("\",\"city\":\"")
                .append(word())
                .append("\"},\"sessions\":[");
        int sessions = random.nextInt(3);
        for (int i = 0; i < sessions; i++) {
            out.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(hex(32))
                    .append("\",\"from\":\"")
                    .append(random.nextInt(256))
                    .append('.')
                    .append(random.nextInt(256))
                    .append('.')
                    .append(random.nextInt(256))
                    .append('.')
                    .append(random.nextInt(256))
                    .append("\"}");
        }
        return out.append("]}").toString();
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String hex(int n) {
        return chars(n, "0123456789abcdef");
    }

    private String digits(int n) {
        return "1" + chars(n - 1, "0123456789");
    }

    private String letters(int n) {
        return chars(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    }

    private String chars(int n, String of) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < n; i++) b.append(of.charAt(random.nextInt(of.length())));
        return b.toString();
    }

    private String word() {
        return one(WORDS);
    }

    private String words(int n) {
        StringBuilder b = new StringBuilder(word());
        for (int i = 1; i < n; i++) b.append(' ').append(word());
        return b.toString();
    }

    private String list(String[] of, int n) {
        StringBuilder b = new StringBuilder();
        for (int i = 0; i < n; i++)
            b.append(i == 0 ? "\"" : ",\"").append(one(of)).append('"');
        return b.toString();
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private String date() {
        return String.format(
                Locale.ROOT, "20%02d-%02d-%02d", random.nextInt(27), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private String time() {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
    }
}
