package io.cacheservice.server.http;

import io.cacheservice.EntryVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the {@code If-Match} and {@code If-None-Match} fields of a request ask for. */
sealed interface Preconditions {
    /** No condition. */
    record None() implements Preconditions {}

    /** {@code If-None-Match: *}: only if nothing is there. */
    record IfAbsent() implements Preconditions {}

    /** {@code If-None-Match: "a", "b"}: only if the entry, if any, is none of these. Weak tags match here. */
    record UnlessVersion(List<EntryVersion> versions) implements Preconditions {}

    /** {@code If-Match: *}: only if something is there. */
    record IfPresent() implements Preconditions {}

    /** {@code If-Match: "a", "b"}: only if the entry is one of these. Weak tags are left out, since they never match. */
    record IfVersion(List<EntryVersion> versions) implements Preconditions {}

    Pattern TAG = Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e]*)\"\\s*(?:,|$)");

    Pattern VERSION = Pattern.compile("[0-9A-Za-z-]{1,64}");

    /** What a write asks for. */
    static Preconditions ofWrite(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        Preconditions wanted = ofDelete(ifMatch, ifNoneMatch);
        if (wanted instanceof UnlessVersion) {
            throw new ProblemException(
                    Problem.badRequest(
                            "If-None-Match on a write is refused with entity tags: expected *, which writes only what is absent"));
        }
        return wanted;
    }

    /** What a removal asks for. */
    static Preconditions ofDelete(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw new ProblemException(Problem.badRequest("If-Match and If-None-Match exclude each other"));
        }
        if (ifNoneMatch != null) {
            return ifNoneMatch.trim().equals("*")
                    ? new IfAbsent()
                    : new UnlessVersion(tags(ifNoneMatch, "If-None-Match", true));
        }
        if (ifMatch == null) {
            return new None();
        }
        return ifMatch.trim().equals("*") ? new IfPresent() : new IfVersion(tags(ifMatch, "If-Match", false));
    }

    /** Whether a reader who sent {@code ifNoneMatch} already has {@code version}. */
    static boolean readerHas(@Nullable String ifNoneMatch, EntryVersion version) {
        return ifNoneMatch != null
                && (ifNoneMatch.trim().equals("*")
                        || tags(ifNoneMatch, "If-None-Match", true).contains(version));
    }

    private static List<EntryVersion> tags(String field, String name, boolean weakToo) {
        List<EntryVersion> versions = new ArrayList<>();
        Matcher m = TAG.matcher(field);
        int end = 0;
        while (end < field.length() && m.region(end, field.length()).lookingAt()) {
            if ((m.group(1) == null || weakToo) && isVersion(m.group(2))) {
                versions.add(EntryVersion.parse(m.group(2)));
            }
            end = m.end();
        }
        if (end < field.length() || field.isBlank()) {
            throw new ProblemException(Problem.badRequest(
                    name + " is not understood: expected * or entity tags in double quotes, separated by commas"));
        }
        return versions;
    }

    /** A tag that we never gave cannot match, but is no error either. */
    private static boolean isVersion(String tag) {
        return VERSION.matcher(tag).matches();
    }
}
