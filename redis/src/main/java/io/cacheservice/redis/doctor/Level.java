package io.cacheservice.redis.doctor;

/** How bad a finding is. */
public enum Level {
    /** As it should be. */
    OK,
    /** Worth knowing; nothing has to be done. */
    NOTE,
    /** Works now, and will hurt: somebody should act. */
    WARNING,
    /** Does not work: somebody must act. */
    FAULT,
    /** Could not be looked at; what was seen says why. */
    SKIPPED
}
