package io.cacheservice.server.demo;

/**
 * How a phase went.
 *
 * @param phase what was away
 * @param millis how long
 * @param counted what all processes together counted meanwhile
 */
record PhaseResult(Phase phase, long millis, Report counted) {}
