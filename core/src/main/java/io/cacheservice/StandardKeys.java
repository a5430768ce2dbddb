package io.cacheservice;

import java.util.UUID;

/** The key codecs that come with the library, one instance each, so that two caches can be compared. */
final class StandardKeys {
    static final KeyCodec<String> STRING = new KeyCodec<>() {
        @Override
        public String encode(String key) {
            return key;
        }
    };
    static final KeyCodec<Long> LONG = new KeyCodec<>() {
        @Override
        public String encode(Long key) {
            return Long.toString(key);
        }
    };
    static final KeyCodec<Integer> INT = new KeyCodec<>() {
        @Override
        public String encode(Integer key) {
            return Integer.toString(key);
        }
    };
    static final KeyCodec<UUID> UUIDS = new KeyCodec<>() {
        @Override
        public String encode(UUID key) {
            return key.toString();
        }
    };

    private StandardKeys() {}
}
