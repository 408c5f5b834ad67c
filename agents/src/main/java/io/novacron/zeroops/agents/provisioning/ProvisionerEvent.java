package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.OpenProposal;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.provisioning.PooledVm.Finding;
import io.novacron.zeroops.agents.provisioning.PooledVm.Stop;
import io.novacron.zeroops.agents.provisioning.ProvisionerState.Suspicion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happened to a pool. */
public sealed interface ProvisionerEvent extends Event {

    ProvisionerState applyTo(ProvisionerState state);

    /** These were seen for the first time. */
    @TypeName("provisioner.VmsJoined/1")
    record VmsJoined(Instant at, List<String> vms) implements ProvisionerEvent {
        public VmsJoined {
            vms = List.copyOf(vms);
        }

        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.plus(vms, at);
        }
    }

    /** The provider has it no more. */
    @TypeName("provisioner.VmLeft/1")
    record VmLeft(Instant at, String vm) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.without(vm, at);
        }
    }

    /** It was quiet for so long, and then was not. */
    @TypeName("provisioner.QuietLearned/1")
    record QuietLearned(Instant at, String vm, Duration longest) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.changing(vm, at, v -> v.learned(longest));
        }
    }

    /** Spend rose out of the ordinary: until the given instant what came lately and does nothing is waste. */
    @TypeName("provisioner.SuspicionRaised/1")
    record SuspicionRaised(Instant at, Suspicion suspicion) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.suspecting(suspicion, at);
        }
    }

    /** It is not used, and to be stopped. */
    @TypeName("provisioner.WasteFound/1")
    record WasteFound(Instant at, String vm, Finding finding) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.finding(finding).changing(vm, at, v -> v.found(Optional.of(finding)));
        }
    }

    /** It is not to be stopped after all. */
    @TypeName("provisioner.FindingDropped/1")
    record FindingDropped(Instant at, String vm, String why) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.changing(vm, at, v -> v.found(Optional.empty()));
        }
    }

    @TypeName("provisioner.ChangeProposed/1")
    record ChangeProposed(Instant at, long sequence, String vm, Proposal proposal, Instant deadline)
            implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.numbered(sequence).changing(vm, at, v -> v.with(Optional.of(OpenProposal.of(proposal, deadline))));
        }
    }

    /** The decision has it, and will tell how it ended. */
    @TypeName("provisioner.ProposalHanded/1")
    record ProposalHanded(Instant at, String vm, Instant deadline) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.changing(vm, at, v -> v.with(v.open().map(open -> open.answered(deadline))));
        }
    }

    /** The decision was silent for too long, and is asked. */
    @TypeName("provisioner.ProposalDoubted/1")
    record ProposalDoubted(Instant at, String vm, Instant deadline) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.changing(vm, at, v -> v.with(v.open().map(open -> open.askedAgain(deadline))));
        }
    }

    /**
     * A proposal came to its end.
     *
     * @param verdict empty where it was never decided on: {@code constraint} says why
     * @param stop what holds of the VM from now on; empty where it runs, or is gone
     * @param isGone whether there is no such VM any more
     * @param longestQuiet what is known of it from now on
     */
    @TypeName("provisioner.ChangeEnded/1")
    record ChangeEnded(
            Instant at,
            String vm,
            String decision,
            Optional<Verdict> verdict,
            String constraint,
            Optional<Change.Ended> change,
            Optional<Stop> stop,
            boolean isGone,
            Duration longestQuiet,
            Instant restUntil)
            implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return isGone
                    ? s.without(vm, at)
                    : s.changing(vm, at, v -> v.with(Optional.empty())
                            .found(Optional.empty())
                            .stopped(stop)
                            .learned(longestQuiet)
                            .resting(restUntil));
        }
    }

    @TypeName("provisioner.UndoRequested/1")
    record UndoRequested(Instant at, String vm, String person) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.changing(vm, at, v -> v.stopped(v.stop().map(Stop::wanted)).resting(at));
        }
    }

    /** What the pool had stopped runs, and nobody here started it: so it was missed. */
    @TypeName("provisioner.WokenByOthers/1")
    record WokenByOthers(Instant at, String vm, Duration longestQuiet) implements ProvisionerEvent {
        @Override
        public ProvisionerState applyTo(ProvisionerState s) {
            return s.changing(vm, at, v -> v.stopped(Optional.empty())
                    .found(Optional.empty())
                    .learned(longestQuiet));
        }
    }
}
