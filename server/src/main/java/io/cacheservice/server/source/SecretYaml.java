package io.cacheservice.server.source;

import io.cacheservice.server.yaml.Members;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where a secret is: in a file or in the environment, never in the configuration itself. */
final class SecretYaml {
    private SecretYaml() {}

    /**
     * The secret that one of two members names; null when none is there.
     *
     * @throws io.cacheservice.CacheConfigException when it is not there, or both are
     */
    static @Nullable Secret read(Members members, String file, String variable, Map<String, String> environment) {
        String path = members.find(file, "the path of a file whose first line is the secret")
                .orElse(null);
        String name = members.find(variable, "the name of a variable of the environment")
                .orElse(null);
        if (path != null && name != null) {
            throw members.placeOf(variable).refusal("is refused: " + file + " says it already, use one of them");
        }
        if (path != null) {
            return ofFile(members, file, Path.of(path));
        }
        if (name == null) {
            return null;
        }
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw members.refusal(variable, name, "a variable that is set");
        }
        return new Secret.OfEnvironment(name, value);
    }

    private static Secret ofFile(Members members, String file, Path path) {
        Secret secret = new Secret.OfFile(path);
        try {
            secret.text();
        } catch (IOException e) {
            throw members.refusal(
                    file, path.toString(), "a file that can be read and has the secret as its first line");
        }
        return secret;
    }
}
