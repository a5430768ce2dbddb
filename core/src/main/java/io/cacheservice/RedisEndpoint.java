package io.cacheservice;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, or one of its servers, and who we are there, whether a {@code url} said it or single settings. Immutable; {@link #toString()}
 * prints no password.
 */
public final class RedisEndpoint {
    private final String host;
    private final int port;
    private final @Nullable String username;
    private final PasswordSource passwordSource;
    private final @Nullable String sentinelUsername;
    private final PasswordSource sentinelPasswordSource;
    private final int db;
    private final boolean tls;

    RedisEndpoint(
            String host, int port, Credentials credentials, Credentials sentinelCredentials, int db, boolean tls) {
        this.host = host;
        this.port = port;
        this.username = credentials.username();
        this.passwordSource = credentials.password();
        this.sentinelUsername = sentinelCredentials.username();
        this.sentinelPasswordSource = sentinelCredentials.password();
        this.db = db;
        this.tls = tls;
    }

    /** A host name or an address; an IPv6 address has no brackets. */
    public String host() {
        return host;
    }

    /** The port, from 1 to 65535. */
    public int port() {
        return port;
    }

    /** The ACL user; none is the default user. A user always has a password. */
    public Optional<String> username() {
        return Optional.ofNullable(username);
    }

    /**
     * The password of this moment, to be asked for at every connect: with {@code passwordFile} each call reads the file
     * anew. The array is the caller's own, to wipe after use.
     *
     * @throws CacheConfigException when the file cannot be read or its first line is empty
     */
    public Optional<char[]> password() {
        return Optional.ofNullable(passwordSource.read());
    }

    /** The ACL user on the Sentinels; none is the default user. */
    public Optional<String> sentinelUsername() {
        return Optional.ofNullable(sentinelUsername);
    }

    /**
     * The password of the Sentinels, as {@link #password()} gives that of Redis.
     *
     * @throws CacheConfigException when the file cannot be read or its first line is empty
     */
    public Optional<char[]> sentinelPassword() {
        return Optional.ofNullable(sentinelPasswordSource.read());
    }

    /** The database number. */
    public int db() {
        return db;
    }

    /** Whether to speak TLS. */
    public boolean tls() {
        return tls;
    }

    /** The address as a url, the password as {@code ***}. */
    @Override
    public String toString() {
        String user = username == null ? "" : username;
        return (tls ? "rediss://" : "redis://")
                + (passwordSource.isNone() ? "" : user + ":***@")
                + (host.indexOf(':') < 0 ? host : "[" + host + "]")
                + ":"
                + port
                + "/"
                + db;
    }

    /** A user, or the default user, and where its password is. */
    record Credentials(@Nullable String username, PasswordSource password) {}

    /** Where the password is, without ever printing it. */
    static final class PasswordSource {
        private final @Nullable String text;
        private final @Nullable String file;
        private final String setting;
        private final String origin;

        /** At most one of {@code text} and {@code file}; {@code setting} and {@code origin} are those of the file. */
        PasswordSource(@Nullable String text, @Nullable String file, String setting, String origin) {
            this.setting = setting;
            this.text = text;
            this.file = file;
            this.origin = origin;
        }

        boolean isNone() {
            return text == null && file == null;
        }

        char @Nullable [] read() {
            if (file != null) {
                return firstLine(file);
            }
            return text == null ? null : text.toCharArray();
        }

        private char[] firstLine(String name) {
            try (BufferedReader lines = Files.newBufferedReader(Path.of(name))) {
                String line = lines.readLine();
                if (line == null || line.isEmpty()) {
                    throw refused(name, "its first line, which is the password, is empty", null);
                }
                return line.toCharArray();
            } catch (NoSuchFileException e) {
                throw refused(name, "there is no such file", e);
            } catch (CharacterCodingException e) {
                throw refused(name, "it is not UTF-8", e);
            } catch (IOException e) {
                throw refused(name, "it cannot be read", e);
            }
        }

        private CacheConfigException refused(String name, String reason, @Nullable IOException cause) {
            return new CacheConfigException(
                    setting + " = " + name + " (from " + origin + ") gives no password: " + reason, cause);
        }
    }
}
