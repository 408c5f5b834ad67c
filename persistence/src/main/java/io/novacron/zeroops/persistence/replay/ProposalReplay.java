package io.novacron.zeroops.persistence.replay;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Proposal.Fact;
import io.novacron.zeroops.agents.scaling.ScalerAgent;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportUse;
import io.novacron.zeroops.agents.scaling.ScalerEvent;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ScalingProposed;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.agents.scaling.ScalerState;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.persistence.replay.Replay.Step;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a scaler proposed, from the facts that stand in the proposal. */
final class ProposalReplay {
    private final JournalReader reader;
    private final EventCodec codec;

    ProposalReplay(JournalReader reader, EventCodec codec) {
        this.reader = reader;
        this.codec = codec;
    }

    /** The scaler's own account of a proposal, and its state before. */
    private static final class Search {
        private final ScalerAgent agent;
        private final Proposal proposal;
        private ScalerState state;
        private @Nullable ScalingProposed found;

        Search(ScalerAgent agent, Proposal proposal) {
            this.agent = agent;
            this.proposal = proposal;
            this.state = agent.initial();
        }

        void next(JournalEntry entry) {
            for (Event event : entry.events()) {
                if (event instanceof ScalingProposed proposed
                        && proposed.proposal().decision().equals(proposal.decision())) {
                    found = proposed;
                } else if (found == null && event instanceof ScalerEvent happened) {
                    state = agent.apply(state, happened);
                }
            }
        }
    }

    /** Empty if the proposer is no scaler, or its settings do not know it. */
    Optional<Step> step(Proposal proposal, Position opened, Policies policies) {
        return policies.scalers().apply(proposal.proposer()).map(policy -> step(proposal, opened, policy));
    }

    private Step step(Proposal proposal, Position opened, ScalerPolicy policy) {
        var agent = new ScalerAgent(policy);
        var search = new Search(agent, proposal);
        reader.forEach(proposal.proposer(), 0, opened, search::next);
        ScalingProposed journaled = search.found;
        String what = "proposal of " + proposal.proposer();
        if (journaled == null) {
            return new Step(proposal.at(), what, proposal.decision(), "the proposer has journaled no such proposal");
        }
        String then = codec.toJson(journaled);
        Optional<ReportUse> use = use(proposal.facts());
        if (use.isEmpty()) {
            return new Step(proposal.at(), what, then, "its facts are not those of a demand");
        }
        var result = agent.decide(search.state, use.get(), journaled.at());
        String now = result.events().isEmpty()
                ? "nothing " + result.reply().code()
                : codec.toJson(result.events().get(0));
        return new Step(proposal.at(), what, then, now.strip());
    }

    /** The report that these facts were taken from; empty if one is missing, or is no quantity. */
    private static Optional<ReportUse> use(List<Fact> facts) {
        Map<String, String> values =
                facts.stream().collect(Collectors.toMap(Fact::name, Fact::value, (first, second) -> first));
        try {
            var demand = new ReportDemand(
                    Instant.parse(value(values, "sampled_at")),
                    Double.parseDouble(value(values, "load")),
                    Double.parseDouble(value(values, "peak_soon")),
                    Double.parseDouble(value(values, "peak_later")),
                    Double.parseDouble(value(values, "recent_peak")),
                    Integer.parseInt(value(values, "instances")),
                    value(values, "model"),
                    Double.parseDouble(value(values, "model_error")));
            return Optional.of(new ReportUse(
                    demand,
                    Double.parseDouble(values.getOrDefault("waiting", "0")),
                    Optional.ofNullable(values.get("idle_since")).map(Instant::parse)));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String value(Map<String, String> values, String name) {
        return values.getOrDefault(name, "");
    }
}
