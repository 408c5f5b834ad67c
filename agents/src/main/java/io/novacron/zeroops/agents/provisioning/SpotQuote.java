package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import java.time.Duration;

/**
 * What a pool (a type in a zone) offers now.
 *
 * @param price an hour
 * @param meanUp time to interruption, as it lately was: {@link SpotRecord#meanUp}
 * @param inUse instances that we already have there
 */
public record SpotQuote(String pool, boolean isAvailable, Money price, Duration meanUp, int inUse) {}
