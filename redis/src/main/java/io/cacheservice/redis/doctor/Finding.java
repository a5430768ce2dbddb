package io.cacheservice.redis.doctor;

/**
 * One thing that was looked at. No secret is in it.
 *
 * @param check the name of the check, as {@code docs/doctor.md} lists it
 * @param level how bad it is
 * @param where the address of the server that it is about, or what else it is about
 * @param seen what was seen; with {@link Level#SKIPPED}, why nothing was
 * @param remedy what helps; empty where nothing has to be done
 */
public record Finding(String check, Level level, String where, String seen, String remedy) {}
