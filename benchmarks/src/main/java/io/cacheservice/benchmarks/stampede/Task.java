package io.cacheservice.benchmarks.stampede;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the callers of one JVM do.
 *
 * @param subject the number of the subject they call
 * @param callers how many there are, each a thread
 * @param key what they ask for
 * @param keyEach whether each asks for a key of its own that begins with {@code key}
 * @param again whether they ask again and again, with a pause after each answer, for the key with the short life
 */
record Task(int subject, int callers, String key, boolean keyEach, boolean again) {
    void write(DataOutput output) throws IOException {
        output.writeInt(subject);
        output.writeInt(callers);
        output.writeUTF(key);
        output.writeBoolean(keyEach);
        output.writeBoolean(again);
    }

    static Task read(DataInput input) throws IOException {
        return new Task(input.readInt(), input.readInt(), input.readUTF(), input.readBoolean(), input.readBoolean());
    }

    String keyOf(int caller) {
        return keyEach ? key + "-" + caller : key;
    }
}
