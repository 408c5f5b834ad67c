package io.novacron.zeroops.agents.decision;

import static io.novacron.zeroops.agents.decision.DecisionDesk.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Proposal.Alternative;
import io.novacron.zeroops.agents.decision.Proposal.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalTest {
    private static final Action ACTION =
            new Action(ActionClass.SCALE_OUT, "workload/web", "shop", "eu", 4, 10, Money.dollars(0.5), 0, "rollout-1");
    private static final Proposal SAMPLE = of("d", "p", ACTION, 6, Priority.P2, "effect", 0.9, "cause", T0, T0);

    private static Proposal of(
            String decision,
            String proposer,
            Action action,
            int leastTo,
            Priority priority,
            String effect,
            double confidence,
            String cause,
            Instant at,
            Instant costUntil) {
        return of(decision, proposer, action, leastTo, priority, effect, confidence, cause, at, T0, costUntil);
    }

    private static Proposal of(
            String decision,
            String proposer,
            Action action,
            int leastTo,
            Priority priority,
            String effect,
            double confidence,
            String cause,
            Instant at,
            Instant validUntil,
            Instant costUntil) {
        return new Proposal(
                decision,
                proposer,
                action,
                leastTo,
                priority,
                List.of(new Alternative(6, "less")),
                effect,
                confidence,
                cause,
                List.of(new Fact("load", "412.5")),
                at,
                validUntil,
                costUntil);
    }

    private static Proposal with(List<Alternative> alternatives, List<Fact> facts) {
        return new Proposal("d", "p", ACTION, 6, Priority.P2, alternatives, "effect", 0.9, "cause", facts, T0, T0, T0);
    }

    private static Proposal with(Action action) {
        return of("d", "p", action, 6, Priority.P2, "effect", 0.9, "cause", T0, T0);
    }

    private static Proposal with(double confidence) {
        return of("d", "p", ACTION, 6, Priority.P2, "effect", confidence, "cause", T0, T0);
    }

    private static Action action(ActionClass kind, String resource, String project, String region, String rollout) {
        return new Action(kind, resource, project, region, 4, 10, Money.dollars(0.5), 0, rollout);
    }

    private static Action action(int from, int to, long micros, long bytes) {
        return new Action(
                ActionClass.SCALE_OUT, "workload/web", "shop", "eu", from, to, new Money(micros), bytes, "rollout-1");
    }

    /** An approval is bound to the hash: whatever is changed afterwards is another proposal. */
    @Test
    void theHashChangesWithWhateverItSays() {
        var load = List.of(new Fact("load", "412.5"));
        var less = List.of(new Alternative(6, "less"));
        List<Proposal> all = List.of(
                SAMPLE,
                of("e", "p", ACTION, 6, Priority.P2, "effect", 0.9, "cause", T0, T0),
                of("d", "q", ACTION, 6, Priority.P2, "effect", 0.9, "cause", T0, T0),
                of("d", "p", ACTION, 7, Priority.P2, "effect", 0.9, "cause", T0, T0),
                of("d", "p", ACTION, 6, Priority.P1, "effect", 0.9, "cause", T0, T0),
                of("d", "p", ACTION, 6, Priority.P2, "other", 0.9, "cause", T0, T0),
                with(0.91),
                of("d", "p", ACTION, 6, Priority.P2, "effect", 0.9, "other", T0, T0),
                of("d", "p", ACTION, 6, Priority.P2, "effect", 0.9, "cause", T0.plusNanos(1), T0),
                of("d", "p", ACTION, 6, Priority.P2, "effect", 0.9, "cause", T0, T0.plusNanos(1)),
                of("d", "p", ACTION, 6, Priority.P2, "effect", 0.9, "cause", T0, T0.plusNanos(1), T0),
                with(action(ActionClass.START_VM, "workload/web", "shop", "eu", "rollout-1")),
                with(action(ActionClass.SCALE_OUT, "workload/w", "shop", "eu", "rollout-1")),
                with(action(ActionClass.SCALE_OUT, "workload/web", "bank", "eu", "rollout-1")),
                with(action(ActionClass.SCALE_OUT, "workload/web", "shop", "us", "rollout-1")),
                with(action(ActionClass.SCALE_OUT, "workload/web", "shop", "eu", "")),
                with(action(5, 10, 500_000, 0)),
                with(action(4, 11, 500_000, 0)),
                with(action(4, 10, 500_001, 0)),
                with(action(4, 10, 500_000, 1)),
                with(List.of(), load),
                with(less, List.of()),
                with(List.of(new Alternative(7, "less")), load),
                with(List.of(new Alternative(6, "fewer")), load),
                with(List.of(new Alternative(6, "less"), new Alternative(6, "less")), load),
                with(less, List.of(new Fact("load", "412.6"))),
                with(less, List.of(new Fact("loads", "412.5"))));
        assertThat(all.stream().map(Proposal::hash)).doesNotHaveDuplicates();
    }

    @Test
    void noTwoProposalsReadTheSameWhereverTheirPartsAreCut() {
        assertThat(of("ab", "c", ACTION, 6, Priority.P2, "", 0.9, "", T0, T0).hash())
                .isNotEqualTo(of("a", "bc", ACTION, 6, Priority.P2, "", 0.9, "", T0, T0)
                        .hash());
        assertThat(with(List.of(), List.of(new Fact("6", "less"))).hash())
                .isNotEqualTo(
                        with(List.of(new Alternative(6, "less")), List.of()).hash());
    }

    /** Written out: a hash that is computed differently would void every approval that is under way. */
    @Test
    void theHashIsStable() {
        assertThat(SAMPLE.hash())
                .isEqualTo(with(SAMPLE.alternatives(), SAMPLE.facts()).hash());
        assertThat(SAMPLE.hash()).isEqualTo("02c9e449a9ff81859d91df81ed5f8446f79ffcc706afb383e1ac438d65d4b7d9");
    }

    @Test
    void saysWhyItCannotBeDecidedOn() {
        assertThat(SAMPLE.defect()).isEmpty();
        assertThat(with(0).defect()).isEmpty();
        assertThat(with(1).defect()).isEmpty();
        for (double confidence : new double[] {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(with(confidence).defect()).isEqualTo("proposal_confidence_out_of_range");
        }
        assertThat(of(" ", "p", ACTION, 6, Priority.P2, "", 0.9, "", T0, T0).defect())
                .isEqualTo("proposal_id_missing");
        assertThat(of("d", "", ACTION, 6, Priority.P2, "", 0.9, "", T0, T0).defect())
                .isEqualTo("proposal_id_missing");
        assertThat(with(action(4, 4, 0, 0)).defect()).isEqualTo("action_direction_wrong");
    }

    @Test
    void carriesABoundedNumberOfAlternativesAndFacts() {
        var alternatives = Collections.nCopies(Proposal.ALTERNATIVES_MAX, new Alternative(6, "less"));
        var facts = Collections.nCopies(Proposal.FACTS_MAX, new Fact("load", "1"));
        assertThat(with(alternatives, facts).defect()).isEmpty();
        var oneMore = new ArrayList<>(alternatives);
        oneMore.add(new Alternative(7, "more"));
        assertThat(with(oneMore, facts).defect()).isEqualTo("proposal_too_large");
        var another = new ArrayList<>(facts);
        another.add(new Fact("load", "2"));
        assertThat(with(alternatives, another).defect()).isEqualTo("proposal_too_large");
    }

    @Test
    void keepsWhatItWasMadeOf() {
        var facts = new ArrayList<>(List.of(new Fact("load", "1")));
        var proposal = with(List.of(), facts);
        facts.clear();
        assertThat(proposal.facts()).hasSize(1);
    }
}
