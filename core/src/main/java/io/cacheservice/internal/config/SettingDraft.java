package io.cacheservice.internal.config;

import io.cacheservice.CacheConfigException;
import io.cacheservice.internal.config.SettingValues.Assigned;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Collects settings from code, texts, files and the environment; the last one to set a setting wins.
 *
 * <p>A wrong value in code is refused at once, where the stack trace names its line. Texts come from outside the
 * program: their problems are kept and told together. Not safe for use by many threads.
 */
public final class SettingDraft {
    private static final System.Logger LOG = System.getLogger("io.cacheservice.config");

    private static final String ENVIRONMENT_PREFIX = "CACHE_";

    /** Variables with our prefix that are no settings. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("CACHE_SERVICE_URL", "CACHE_SERVICE_CA_FILE", ConfigFile.VARIABLE);

    /** A file that is no configuration at all can be wrong in every line. */
    private static final int MOST_TOLD = 100;

    private static final String TEST_VARIABLES = "CACHE_TEST_";

    /** Names already warned of: an environment does not change, but configurations are built many times. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final Map<String, Assigned> assigned;
    private final List<String> problems = new ArrayList<>();
    private int untold;

    /** A draft that begins with {@code values}. */
    public SettingDraft(SettingValues values) {
        this.assigned = new LinkedHashMap<>(values.assigned());
    }

    /**
     * Sets a value in code.
     *
     * @throws CacheConfigException when it is not allowed
     */
    public <T> void set(Setting<T> setting, T value) {
        Objects.requireNonNull(value, setting.name());
        Optional<String> problem = assign(setting, value, "code");
        if (problem.isPresent()) {
            throw new CacheConfigException(problem.get());
        }
    }

    /** Sets a value by its name and text; a problem is told by {@link #check()}. */
    public void put(String name, String text, String origin) {
        Objects.requireNonNull(text, name);
        Objects.requireNonNull(origin, "origin");
        Optional<Setting<?>> setting = Settings.named(name);
        if (setting.isPresent()) {
            read(setting.get(), text, origin).ifPresent(problem -> tell(() -> problem));
        } else {
            tell(() -> unknownSetting(name, text, origin));
        }
    }

    private static String unknownSetting(String name, String text, String origin) {
        String shown = Problems.statement(name, SettingNames.shownValue(name, text), origin);
        return Problems.refused(
                shown,
                "there is no such setting"
                        + SettingNames.closest(name)
                                .map(s -> "; did you mean " + s.name() + "?")
                                .orElse(""));
    }

    private void tell(Supplier<String> problem) {
        if (problems.size() < MOST_TOLD) {
            problems.add(problem.get());
        } else {
            untold++;
        }
    }

    /** Sets what a properties file says. A file that cannot be read is a problem. */
    public void putFile(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            Map<String, Integer> lines = new HashMap<>();
            for (PropertiesText.Entry entry : PropertiesText.read(reader)) {
                Integer earlier = lines.putIfAbsent(entry.name(), entry.line());
                if (earlier != null) {
                    tell(() -> "file " + file + " sets " + Problems.oneLine(entry.name()) + " twice, in lines "
                            + earlier + " and " + entry.line() + ": remove one");
                }
                put(entry.name(), entry.value(), "file " + file + " line " + entry.line());
            }
        } catch (NoSuchFileException e) {
            problems.add("file " + file + " does not exist");
        } catch (CharacterCodingException e) {
            problems.add("file " + file + " is not UTF-8");
        } catch (PropertiesText.MalformedException e) {
            problems.add("file " + file + ": " + e.getMessage());
        } catch (IOException e) {
            problems.add("file " + file + " cannot be read: " + e);
        }
    }

    /** Sets what variables of an environment say. Warns of unknown ones with our prefix: they may be somebody else's. */
    public void putEnvironment(Map<String, String> environment) {
        Map<String, Setting<?>> settings = new HashMap<>();
        Settings.all().forEach(s -> settings.put(s.environmentName(), s));
        new TreeMap<>(environment).forEach((name, text) -> {
            Setting<?> setting = settings.get(name);
            if (setting != null) {
                put(setting.name(), text, "environment " + name);
            } else if (name.startsWith(ENVIRONMENT_PREFIX)
                    && !name.startsWith(TEST_VARIABLES)
                    && !OTHER_VARIABLES.contains(name)
                    && WARNED.add(name)) {
                LOG.log(System.Logger.Level.WARNING, unknownVariable(name));
            }
        });
    }

    /**
     * What was collected.
     *
     * @throws CacheConfigException naming every problem, if there is one
     */
    public SettingValues check() {
        SettingValues values = new SettingValues(assigned);
        // what contradicts what is only known once every value is
        List<String> found = problems.isEmpty() ? SettingRules.problems(values) : problems;
        if (!found.isEmpty()) {
            throw new CacheConfigException(Problems.message(found, untold));
        }
        return values;
    }

    private static String unknownVariable(String name) {
        return "environment variable " + Problems.oneLine(name) + " is no setting of the cache and has no effect"
                + SettingNames.closest(name.substring(ENVIRONMENT_PREFIX.length()))
                        .map(s -> "; did you mean " + s.environmentName() + "?")
                        .orElse("");
    }

    private <T> Optional<String> read(Setting<T> setting, String text, String origin) {
        T value;
        try {
            value = setting.type().parse(text);
        } catch (IllegalArgumentException unread) {
            String shown = Problems.statement(setting.name(), setting.type().printUnread(text), origin);
            return Optional.of(
                    Problems.refused(shown, "expected " + setting.type().allowed()));
        }
        return assign(setting, value, origin);
    }

    private <T> Optional<String> assign(Setting<T> setting, T value, String origin) {
        SettingType<T> type = setting.type();
        if (!type.accepts(value)) {
            String shown = Problems.statement(setting.name(), type.print(value), origin);
            String reason = type.reason(value);
            return Optional.of(
                    Problems.refused(shown, (reason == null ? "" : reason + "; ") + "expected " + type.allowed()));
        }
        assigned.put(setting.name(), new Assigned(value instanceof List<?> list ? List.copyOf(list) : value, origin));
        return Optional.empty();
    }
}
