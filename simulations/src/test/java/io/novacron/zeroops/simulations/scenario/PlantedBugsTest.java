package io.novacron.zeroops.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.safety.SafetyGovernor;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.fleet.FlawedProviders;
import io.novacron.zeroops.simulations.host.FlawedHosts;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each bug that the design rules out is planted, and has to be found: by the check that is meant for it, and within few
 * seeds. A campaign in which nothing is ever found shows that its checks are blind just as well as that all is sound.
 */
class PlantedBugsTest {
    /**
     * @param found what the check says that is meant for it
     * @param within so many seeds, from 1
     */
    record Planted(String bug, int within, String found, Fabric fabric) {
        @Override
        public String toString() {
            return bug;
        }
    }

    static Stream<Planted> planted() {
        return Stream.of(
                new Planted(
                        "an effect is set off before it is journaled",
                        60,
                        "no such change was in flight|without approval|without a firm promise",
                        FlawedFabrics.host(FlawedHosts.ActsBeforeItWrites::new)),
                new Planted(
                        "a deadline is acted on without an event",
                        5,
                        "its journal says",
                        FlawedFabrics.host(FlawedHosts.KeepsDeadlinesToItself::new)),
                new Planted(
                        "a zombie's write counts",
                        25,
                        "its journal says|twice|after its end|in flight",
                        FlawedFabrics.host(FlawedHosts.BelievesZombies::new)),
                new Planted(
                        "a repeated confirmation commits twice",
                        5,
                        "got its money twice",
                        FlawedFabrics.budget(BudgetFlaws.CountsConfirmTwice::new)),
                new Planted(
                        "a repeated hold reserves twice",
                        5,
                        "was promised money twice",
                        FlawedFabrics.budget(BudgetFlaws.CountsHoldTwice::new)),
                new Planted(
                        "a rejected decision does not tell the budget",
                        10,
                        "budget/main (still )?holds for",
                        FlawedFabrics.decision(DecisionFlaws.ForgetsTheBudget::new)),
                new Planted(
                        "the budget ignores the end of a hold",
                        5,
                        "budget/main still holds for .*, which has ended",
                        FlawedFabrics.budget(BudgetFlaws.IgnoresEnd::new)),
                new Planted(
                        "the budget keeps what was not achieved",
                        10,
                        "by what was decided and done",
                        FlawedFabrics.budget(BudgetFlaws.BelievesAllWasAchieved::new)),
                new Planted(
                        "the budget forgets ended decisions",
                        60,
                        "was promised money twice",
                        FlawedFabrics.budget(BudgetFlaws.LeavesNoTombstone::new)),
                new Planted(
                        "an owner forgets ended decisions",
                        100,
                        "holds for .*, which had ended",
                        FlawedFabrics.owners(ResourceFlaws.LeavesNoTombstone::new)),
                new Planted(
                        "a hold never lapses",
                        15,
                        "which lapsed at",
                        FlawedFabrics.budget(BudgetFlaws.NeverLetsLapse::new)),
                new Planted(
                        "the provider takes a stale generation",
                        10,
                        "took effect after|no such change was in flight",
                        FlawedFabrics.provider(FlawedProviders.Unfenced::new)),
                new Planted(
                        "the provider does a repeat anew",
                        5,
                        "took effect twice",
                        FlawedFabrics.provider(FlawedProviders.Forgetful::new)),
                new Planted(
                        "an unknown outcome is issued anew blindly",
                        5,
                        "issues anew what nobody asked about",
                        FlawedFabrics.owners(ResourceFlaws.IssuesAnewBlindly::new)),
                new Planted(
                        "a slot is given twice",
                        30,
                        "holds its slot twice",
                        FlawedFabrics.owners(ResourceFlaws.GivesItsSlotTwice::new)),
                new Planted(
                        "a change is executed before it is approved",
                        5,
                        "is executed without approval",
                        FlawedFabrics.decision(DecisionFlaws.ExecutesBeforeApproval::new)),
                new Planted(
                        "a decision confirms by itself",
                        5,
                        "is executed without a firm promise of",
                        FlawedFabrics.decision(DecisionFlaws.ConfirmsByItself::new)),
                new Planted(
                        "a decision waits for ever",
                        20,
                        "never ended",
                        FlawedFabrics.decision(DecisionFlaws.HasNoDeadline::new)),
                new Planted(
                        "the governor lets a workload grow too fast",
                        40,
                        "grew to .* in 5 minutes",
                        FlawedFabrics.governor(sound -> new SafetyGovernor(loose()))));
    }

    /** As wide as constraints go. */
    private static SafetyConstraints loose() {
        var d = SafetyConstraints.DEFAULTS;
        return new SafetyConstraints(
                d.requireApprovalAbove(),
                d.maxVmsAutoProvisioned(),
                d.maxDataDeletedBytes(),
                d.rateLimitActions(),
                SafetyConstraints.SCALE_UP_MAX_PERCENT,
                100,
                d.requireMultiApproval(),
                d.businessHoursOnly(),
                d.canaryRegionsFirst(),
                d.maxAutomatedCost(),
                d.businessHours(),
                d.canaryRegions());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void isFound(Planted planted) {
        assertFound(planted, planted.fabric());
    }

    /** As in a long journal: by what each event names, though nobody looks at the whole before the end. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("planted")
    void isFoundByWhatItTouches(Planted planted) {
        assertFound(planted, FlawedFabrics.auditedAtEnd(planted.fabric()));
    }

    private static void assertFound(Planted planted, Fabric fabric) {
        var expected = Pattern.compile(planted.found());
        boolean found = LongStream.rangeClosed(1, planted.within())
                .mapToObj(seed -> new FaultCampaign(seed, 50, JournalSink.NONE, fabric).run())
                .flatMap(outcome -> outcome.problems().stream())
                .anyMatch(problem -> expected.matcher(problem).find());
        assertThat(found)
                .as("%s: found as '%s' within %d seeds", planted, planted.found(), planted.within())
                .isTrue();
    }
}
