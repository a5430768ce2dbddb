package io.cacheservice.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which part of a suite is run.
 *
 * @param quick whether rounds are short and few
 * @param only found in "case/subject" of what is run
 */
record Selection(boolean quick, Pattern only) {
    /**
     * The subjects to run in a case, in the order of {@code subjects}: those selected, and then the baselines too, without
     * which the others say nothing. None when none is selected.
     */
    List<String> subjects(String caseName, Collection<String> subjects, List<String> baselines) {
        List<String> selected = new ArrayList<>();
        boolean any = false;
        for (String subject : subjects) {
            boolean matches = only.matcher(caseName + "/" + subject).find();
            any |= matches;
            if (matches || baselines.contains(subject)) {
                selected.add(subject);
            }
        }
        return any ? selected : List.of();
    }
}
