package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.core.Money;
import java.time.Instant;

/**
 * What one resource was billed for one span of time.
 *
 * @param node of the budget that paid
 * @param parent of that node; empty for a root
 * @param region empty where nobody said
 * @param from the instant of the bill before, or from which money was held for it
 * @param billed dollars for all of the span
 * @param listPerHour the price per hour of what was bought at the end of the span
 */
public record CostRecord(
        String resource,
        String node,
        String parent,
        String region,
        Instant from,
        Instant to,
        Money billed,
        Money listPerHour) {}
