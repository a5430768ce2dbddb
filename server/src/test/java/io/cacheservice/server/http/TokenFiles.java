package io.cacheservice.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of tokens for tests. The token of a name is its name, repeated. */
final class TokenFiles {
    private TokenFiles() {}

    static Path write(Path folder, String... entries) throws IOException {
        return Files.writeString(folder.resolve("tokens.yaml"), String.join("\n", entries));
    }

    /** An entry for {@link #write}; {@code more} begins with a comma where there is any. */
    static String entry(String name, String scopes, String more) {
        return "- {name: " + name + ", token: " + token(name) + ", scopes: [" + scopes + "]" + more + "}";
    }

    static String token(String name) {
        return (name + "-").repeat(16).substring(0, 24);
    }

    static String bearer(String name) {
        return "Bearer " + token(name);
    }
}
