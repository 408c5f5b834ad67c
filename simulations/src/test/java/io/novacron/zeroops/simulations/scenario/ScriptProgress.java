package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.runtime.host.Catalogue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far a host has come, as its journal tells it: whether anything is left that it should do now. */
final class ScriptProgress {
    private record Entity(Agent<Command, Event, State> agent, State state) {}

    private final Catalogue catalogue;
    private final Map<String, Entity> entities = new TreeMap<>();
    private final Map<String, List<Event>> journal = new HashMap<>();

    ScriptProgress(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    void journaled(String address, Event event) {
        Entity before = entities.computeIfAbsent(address, this::fresh);
        entities.put(address, new Entity(before.agent(), before.agent().apply(before.state(), event)));
        journal.computeIfAbsent(address, a -> new ArrayList<>()).add(event);
    }

    @SuppressWarnings("unchecked") // all of one entity's events are its agent's
    private Entity fresh(String address) {
        var agent = (Agent<Command, Event, State>) catalogue.agent(address).orElseThrow();
        return new Entity(agent, agent.initial());
    }

    /** By entity, in order. */
    Map<String, List<Event>> journal() {
        return new TreeMap<>(journal);
    }

    /** What has to happen before the clock may go on; empty if nothing. */
    Optional<String> unsettled(ScriptClock clock, ScriptedFleet fleet, ScriptedClients clients) {
        for (var entry : entities.entrySet()) {
            Entity entity = entry.getValue();
            var due = entity.agent()
                    .deadline(entity.state())
                    .filter(deadline -> deadline.isDue(clock.instant()))
                    .map(deadline -> entry.getKey() + " has not kept its deadline of " + deadline.at());
            if (due.isPresent()) {
                return due;
            }
            for (Effect effect : entity.agent().pending(entity.state())) {
                boolean later = (effect instanceof Effect.Call call && fleet.isWaiting(call))
                        || (effect instanceof Effect.Send send && clients.isPutOff(send));
                if (!later) {
                    return Optional.of(entry.getKey() + " has not settled " + effect);
                }
            }
        }
        return Optional.empty();
    }
}
