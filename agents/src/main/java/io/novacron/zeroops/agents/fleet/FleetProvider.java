package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What owns the machines: a cloud, libvirt hosts, a simulation. Both calls return at once, never block, and answer later
 * on any thread, once, twice or never.
 *
 * <p>A provider promises, for each resource:
 *
 * <ul>
 *   <li>a change takes effect at most once for its key, {@link Effect.Call#id()}; a repeat is answered as the first was, for
 *       as long as its generation is the highest;
 *   <li>it keeps the highest generation that a change or a {@link FleetOperation.Describe} carried, and refuses lower
 *       ones as {@code fenced}, before anything else, and across its own restarts;
 *   <li>{@link Outcome.Failed} means that this run took no effect: {@code retryable} (busy, throttled, unreachable before
 *       anything was sent), or refused for good, and then no late copy of the call may act either;
 *   <li>whatever it cannot tell is {@link Outcome.Unknown}, never a guess.
 * </ul>
 */
public interface FleetProvider {

    /** Runs a {@link FleetOperation}; a success of one that asks carries {@link Observed}. */
    void submit(Effect.Call call, Consumer<Outcome> ended);

    /** Everything there is, in the order of resources' addresses, for the reconciler. */
    void list(Consumer<List<Observed>> listed);

    /** The same of those whose addresses begin so; may be left unanswered, for a caller who asks again by itself. */
    default void list(String prefix, Consumer<List<Observed>> listed) {
        list(all -> listed.accept(all.stream()
                .filter(observed -> observed.resource().startsWith(prefix))
                .toList()));
    }

    /**
     * The same of a few resources, by their addresses; one that there is not is left out. A provider that need not look at
     * everything for it does better than this.
     */
    default void look(Set<String> resources, Consumer<List<Observed>> seen) {
        list(all -> seen.accept(all.stream()
                .filter(observed -> resources.contains(observed.resource()))
                .toList()));
    }
}
