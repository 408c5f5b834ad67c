package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.Activity;
import io.novacron.zeroops.agents.provisioning.Dimension;
import io.novacron.zeroops.agents.provisioning.IdlePolicy;
import io.novacron.zeroops.agents.provisioning.IdleWatch;
import io.novacron.zeroops.simulations.provisioning.FleetReport.Idle;
import io.novacron.zeroops.simulations.trace.VmTrace;
import java.time.Instant;

/** Stops VMs that a policy finds idle, as time passes, and sees what became of them. Sums over VMs. */
final class IdleRun {
    /** Mbit/s to KB/s. */
    private static final double KB_PER_MBIT = 1000.0 / 8;
    /** Of the step: a longer silence is no idleness. */
    private static final int SILENCE_STEPS = 2;

    private final String name;
    private final IdlePolicy policy;
    private long found;
    private long falsePositives;
    private long deleted;
    private long deletedWrongly;
    private double stoppedHours;
    private double lostHours;
    private double savedUsd;
    private double allUsd;

    IdleRun(String name, IdlePolicy policy) {
        this.name = name;
        this.policy = policy;
    }

    /** @param pricePerHour of the VM as provisioned, in dollars */
    void add(VmTrace vm, double pricePerHour) {
        var one = new OneVm(vm.stepS());
        for (int sample = 0; sample < vm.samples(); sample++) {
            one.step(Instant.ofEpochSecond(vm.second(sample)), activity(vm, sample));
        }
        found += one.stops;
        falsePositives += one.wokeInGrace;
        deleted += one.isDeleted ? 1 : 0;
        deletedWrongly += one.lostSteps > 0 ? 1 : 0;
        double hoursPerStep = vm.stepS() / 3600.0;
        stoppedHours += one.stoppedSteps * hoursPerStep;
        lostHours += one.lostSteps * hoursPerStep;
        savedUsd += one.stoppedSteps * hoursPerStep * pricePerHour;
        allUsd += vm.samples() * hoursPerStep * pricePerHour;
    }

    static Activity activity(VmTrace vm, int sample) {
        double vcpus = vm.provisioned(sample).vcpu();
        return new Activity(
                vm.used(Dimension.CPU, sample) / vcpus,
                vm.measures(Dimension.NETWORK) ? vm.used(Dimension.NETWORK, sample) * KB_PER_MBIT : Double.NaN,
                vm.measures(Dimension.STORAGE) ? vm.used(Dimension.STORAGE, sample) * KB_PER_MBIT : Double.NaN);
    }

    Idle figures() {
        return new Idle(
                name,
                found,
                falsePositives,
                found == 0 ? Double.NaN : 100.0 * falsePositives / found,
                deleted,
                deletedWrongly,
                deleted - deletedWrongly,
                stoppedHours,
                lostHours,
                savedUsd,
                allUsd == 0 ? Double.NaN : 100 * savedUsd / allUsd);
    }

    /** Running, stopped, or deleted; a wake-up inside the grace costs a restart, and teaches. */
    private final class OneVm {
        private final int stepS;
        private IdleWatch watch = IdleWatch.NEW;
        private Instant last = Instant.MIN;
        private Instant stoppedAt = Instant.MIN;
        private boolean isStopped;
        private boolean isDeleted;
        private long stops;
        private long wokeInGrace;
        private long stoppedSteps;
        private long lostSteps;

        OneVm(int stepS) {
            this.stepS = stepS;
        }

        void step(Instant at, Activity activity) {
            boolean isGap = !last.equals(Instant.MIN)
                    && at.isAfter(last.plusSeconds((long) SILENCE_STEPS * stepS))
                    && !isStopped;
            last = at;
            if (isGap) {
                watch = watch.interrupted();
            }
            if (isStopped && !isDeleted && !at.isBefore(stoppedAt.plus(policy.grace()))) {
                isDeleted = true;
            }
            if (isDeleted) {
                lostSteps += policy.isQuiet(activity) ? 0 : 1;
                stoppedSteps += lostSteps > 0 ? 0 : 1; // what is missed has to be built anew, and saves nothing
                return;
            }
            watch = watch.observe(at, activity, policy);
            if (isStopped && !policy.isQuiet(activity)) {
                wokeInGrace++;
                isStopped = false;
            }
            if (isStopped) {
                stoppedSteps++;
            } else if (watch.isIdle(at.plusSeconds(stepS), policy)) {
                isStopped = true;
                stoppedAt = at.plusSeconds(stepS);
                stops++;
            }
        }
    }
}
