package io.cacheservice.server.yaml;

import io.cacheservice.CacheConfigException;
import io.cacheservice.server.yaml.YamlNode.Mapping;
import io.cacheservice.server.yaml.YamlNode.Sequence;
import io.cacheservice.server.yaml.YamlNode.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The members of a mapping, read as what they should be; errors say which is wrong and what is expected. */
public final class Members {
    private final Mapping mapping;

    private Members(Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * The members of {@code node}.
     *
     * @param known every name that may occur
     * @throws CacheConfigException when it has no members, or one with another name
     */
    public static Members of(YamlNode node, String... known) {
        if (!(node instanceof Mapping mapping)) {
            throw node.place().refusal("is refused: expected members " + String.join(", ", known));
        }
        mapping.members().forEach((name, member) -> {
            if (!List.of(known).contains(name)) {
                throw member.place().refusal("is not known: expected one of " + String.join(", ", known));
            }
        });
        return new Members(mapping);
    }

    /** Where they stand. */
    public Place place() {
        return mapping.place();
    }

    /** Where the member {@code name} stands, or would. */
    public Place placeOf(String name) {
        YamlNode member = mapping.members().get(name);
        return member == null ? place().member(name, place().line()) : member.place();
    }

    /** Whether there is a member {@code name}. */
    public boolean has(String name) {
        return mapping.members().containsKey(name);
    }

    /** The member {@code name} as it is; null when it is not there. */
    public @Nullable YamlNode find(String name) {
        return mapping.members().get(name);
    }

    /** The member {@code name}, which {@link #has} said is there. */
    public YamlNode required(String name) {
        return Objects.requireNonNull(find(name), name);
    }

    /** The text of a member that must be there. */
    public String text(String name, String expected) {
        return find(name, expected).orElseThrow(() -> place().refusal("has no " + name + ": expected " + expected));
    }

    /** The text of a member, which is not empty. */
    public Optional<String> find(String name, String expected) {
        YamlNode member = find(name);
        if (member == null) {
            return Optional.empty();
        }
        if (!(member instanceof Text text) || text.text().isBlank()) {
            throw member.place().refusal("is refused: expected " + expected);
        }
        return Optional.of(text.text());
    }

    /** A duration in whole milliseconds. */
    public Optional<Duration> duration(String name, Duration min, Duration max, String expected) {
        return find(name, expected).map(text -> {
            Duration read = UnitText.duration(text);
            if (read == null || read.compareTo(min) < 0 || read.compareTo(max) > 0) {
                throw refusal(name, text, expected);
            }
            return read;
        });
    }

    /** A size in bytes. */
    public OptionalLong bytes(String name, long max) {
        String expected = "a size with its unit, from 1b to " + max + "b, such as 256kb or 8mb";
        Optional<String> text = find(name, expected);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong read = UnitText.bytes(text.get());
        if (read.isEmpty() || read.getAsLong() < 1 || read.getAsLong() > max) {
            throw refusal(name, text.get(), expected);
        }
        return read;
    }

    /** A whole number. */
    public int integer(String name, int min, int max, int otherwise) {
        String expected = "a whole number from " + min + " to " + max;
        return find(name, expected)
                .map(text -> requireInteger(placeOf(name), text, min, max, expected))
                .orElse(otherwise);
    }

    /** A list of whole numbers, at least one. */
    public List<Integer> integers(String name, int min, int max, List<Integer> otherwise) {
        YamlNode member = find(name);
        if (member == null) {
            return otherwise;
        }
        String expected = "a list of whole numbers from " + min + " to " + max;
        if (!(member instanceof Sequence sequence) || sequence.elements().isEmpty()) {
            throw member.place().refusal("is refused: expected " + expected);
        }
        List<Integer> read = new ArrayList<>();
        for (YamlNode element : sequence.elements()) {
            if (!(element instanceof Text text)) {
                throw element.place().refusal("is refused: expected a whole number from " + min + " to " + max);
            }
            read.add(requireInteger(
                    element.place(), text.text(), min, max, "a whole number from " + min + " to " + max));
        }
        return List.copyOf(read);
    }

    private static int requireInteger(Place place, String text, int min, int max, String expected) {
        if (text.matches("-?\\d{1,9}")) {
            int read = Integer.parseInt(text);
            if (read >= min && read <= max) {
                return read;
            }
        }
        throw place.refusal("= " + text + " is refused: expected " + expected);
    }

    /** An error about a member whose text may be shown. */
    public CacheConfigException refusal(String name, String text, String expected) {
        return placeOf(name).refusal("= " + text + " is refused: expected " + expected);
    }
}
