package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import java.time.Duration;
import java.util.function.Consumer;

/** The way from the fleet to the agents. Neither method may block or throw: the fleet's only thread calls them. */
public interface FleetListener {

    /**
     * What a fleet asks to be held, it asks until so long after its own instant; that is long enough to be confirmed by a
     * machine that runs a thousand times slower than the fleet.
     */
    Duration HELD_FOR = Duration.ofHours(1);

    /** Telemetry; a loss does no harm. */
    void tell(String address, Command command);

    /**
     * Money.
     *
     * @param replied called on any thread, once, more often, or never; then the fleet asks again
     */
    void ask(String address, Command command, Consumer<Reply> replied);
}
