package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.persistence.view.ResourceView;
import java.time.Instant;
import java.util.Optional;

/**
 * One resource.
 *
 * @param generation of the last call to its provider
 * @param updatedAt the instant of its last event
 * @param flight the change in flight
 * @param last the change before
 */
public record ResourceJson(
        String resource,
        Condition condition,
        int instances,
        long generation,
        Instant updatedAt,
        Optional<Flight> flight,
        Optional<Last> last) {

    /** @param undoing whether it is being put back as it was */
    public record Flight(
            String decisionId,
            ActionClass kind,
            ResourceState.Phase phase,
            int from,
            int to,
            int attempt,
            boolean undoing,
            Instant until) {}

    public record Last(String decisionId, Change.End end, int level, String detail) {}

    public static ResourceJson of(ResourceView view) {
        ResourceState state = view.state();
        return new ResourceJson(
                view.resource(),
                state.condition(),
                state.instances(),
                state.generation(),
                state.asOf(),
                state.flight()
                        .map(f -> new Flight(
                                f.decision(),
                                f.action().kind(),
                                f.phase(),
                                f.action().from(),
                                f.action().to(),
                                f.attempt(),
                                f.undoing(),
                                f.until())),
                state.last()
                        .map(l -> new Last(
                                l.decision(),
                                l.result().end(),
                                l.result().level(),
                                l.result().detail())));
    }
}
