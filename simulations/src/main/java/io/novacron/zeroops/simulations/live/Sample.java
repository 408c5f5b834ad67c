package io.novacron.zeroops.simulations.live;

import java.time.Instant;

/**
 * One point of a workload's past; all in requests per second.
 *
 * @param load as telemetry showed it
 * @param expectedPeak until capacity ordered now could be ready
 * @param capacity that the ready instances serve within the SLO
 */
public record Sample(Instant at, double load, double expectedPeak, double capacity) {}
