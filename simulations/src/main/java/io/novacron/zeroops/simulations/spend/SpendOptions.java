package io.novacron.zeroops.simulations.spend;

import java.nio.file.Path;
import java.util.Optional;

/**
 * @param column of the amounts
 * @param labels the column that says, with 1 rather than 0, which steps are anomalies; empty if nobody knows
 * @param days ahead that are forecast
 * @param threshold by which share an anomaly exceeds what was expected
 * @param floor dollars a step by which it does besides
 */
public record SpendOptions(
        Path file, String column, Optional<String> labels, int days, double threshold, double floor) {}
