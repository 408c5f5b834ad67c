package io.novacron.zeroops.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.provisioning.SpotEvent;
import io.novacron.zeroops.agents.provisioning.SpotState;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.SnapshotCodec;
import io.novacron.zeroops.persistence.journal.Vocabulary;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Agents that after every event go on with what was read back from a snapshot of them. They reach the same states, and
 * decide, in every turn of a whole campaign, as they would have done anyway.
 */
class SnapshotCampaignTest {
    private static final int SEEDS = 20;
    private static final int DECISIONS = 50;

    private final SnapshotCodec codec = new SnapshotCodec(new EventCodec());
    private final Set<Class<?>> seen = new HashSet<>();

    private final class ThroughSnapshots extends FlawedAgent {
        ThroughSnapshots(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public State initial() {
            return readBack(super.initial());
        }

        @Override
        public State apply(State state, Event event) {
            return readBack(super.apply(state, event));
        }
    }

    private State readBack(State state) {
        State read = codec.fromBytes(codec.toBytes(state)).orElseThrow();
        assertThat(read).isEqualTo(state).hasSameHashCodeAs(state);
        seen.add(read.getClass());
        return read;
    }

    @Test
    void agentsReadBackFromSnapshotsDecideTheSame() {
        var throughSnapshots = new Fabric() {
            @Override
            public Agent<?, ?, ?> agent(String address, Agent<?, ?, ?> sound) {
                return new ThroughSnapshots(sound);
            }
        };
        for (long seed = 1; seed <= SEEDS; seed++) {
            var usual = new FaultCampaign(seed, DECISIONS, JournalSink.NONE).run();
            var readBack = new FaultCampaign(seed, DECISIONS, JournalSink.NONE, throughSnapshots).run();
            assertThat(readBack).isEqualTo(usual);
            assertThat(readBack.problems()).isEmpty();
        }
        readBackOfSpot();
        assertThat(seen).isEqualTo(Set.copyOf(Vocabulary.states()));
    }

    /** Of the one agent that is not in the campaign: every state of a storm. */
    private void readBackOfSpot() {
        var options = new SpotStormOptions(
                Seeds.of(3), 20, 3, Duration.ofHours(1), SpotStormOptions.NOTICE, 0.3, ProviderFaults.DEFAULTS);
        Map<String, SpotState> states = new HashMap<>(); // by run
        JournalSink sink = (run, at, entity, sequence, event) -> {
            if (event instanceof SpotEvent of) {
                var before = states.getOrDefault(run, SpotState.INITIAL);
                states.put(run, (SpotState) readBack(of.applyTo(before)));
            }
        };
        var unused = new SimulatedScenarios()
                .spotStorm(options, new Surroundings(row -> {}, sink, (what, share) -> {}, () -> Instant.EPOCH));
    }
}
