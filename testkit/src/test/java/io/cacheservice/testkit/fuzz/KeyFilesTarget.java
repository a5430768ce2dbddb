package io.cacheservice.testkit.fuzz;

import io.cacheservice.CacheConfigException;
import io.cacheservice.internal.crypto.ValueCipher;
import io.cacheservice.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files of encryption keys: keys with which values are sealed and opened, or an error that names the line and no key. */
public final class KeyFilesTarget implements FuzzTarget {
    private static final String SECRET = "aHVudGVyMmh1bnRlcjJodW50ZXIyaHVudGVyMmh1bnQ";
    private static final byte[] WHERE = {'k'};
    private static final byte[] MEANING = {1};

    private final Corpus corpus = Corpus.ofTexts(
            List.of(
                    "1 " + SECRET + "=\n",
                    "# keys\n\n2 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n1 " + SECRET + "=\n",
                    "2147483647\t" + SECRET + "=\r\n3 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"),
            List.of("=", "1 ", "\n", "#", "==", SECRET, "2147483648 "));
    private final ScratchFile scratch;
    private final ManualTime time = new ManualTime();

    /** For the service loader. */
    public KeyFilesTarget() throws IOException {
        scratch = new ScratchFile("cache-keys");
    }

    @Override
    public String name() {
        return "key-files";
    }

    @Override
    public int share() {
        return 40;
    }

    @Override
    public boolean take(FuzzInput input) throws IOException {
        Path file = scratch.with(input.mutated(corpus));
        try {
            ValueCipher cipher = ValueCipher.ofFile(file.toString(), time);
            if (input.oneIn(16)) {
                byte[] value = {1, 2, 3};
                int number = cipher.keyNumber();
                byte[] sealed = cipher.seal(number, WHERE, MEANING, value);
                Demand.that(
                        java.util.Arrays.equals(value, cipher.open(number, WHERE, MEANING, sealed, 0, sealed.length)),
                        "the value again");
            }
            return true;
        } catch (CacheConfigException refused) {
            Demand.keptSecret(refused, SECRET);
            Demand.that(
                    String.valueOf(refused.getMessage()).contains(file.toString()),
                    "the file: " + String.valueOf(refused.getMessage()));
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
