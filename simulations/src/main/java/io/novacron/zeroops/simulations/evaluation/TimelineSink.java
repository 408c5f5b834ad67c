package io.novacron.zeroops.simulations.evaluation;

/** Takes one row a step and policy, in order of time within a policy; enough to compute every figure again. */
@FunctionalInterface
public interface TimelineSink {
    TimelineSink NONE = row -> {};

    void row(Row row);

    /**
     * One step: an interval in which load and ready instances did not change.
     *
     * @param run which load and seed, such as {@code x6-step/seed-3}
     * @param startS seconds of virtual time since the start of the load
     * @param durationS seconds
     * @param loadPerS requests per second
     * @param requiredInstances the least that serve the load within the SLO
     * @param readyInstances that serve
     * @param billedInstances that cost: booting and ready
     * @param pricePerH dollars per hour for all of them
     * @param requests in this step
     * @param violations requests of this step that failed or were over their SLO
     */
    record Row(
            String run,
            String policy,
            double startS,
            double durationS,
            double loadPerS,
            int requiredInstances,
            int readyInstances,
            int billedInstances,
            double pricePerH,
            double requests,
            double violations) {}
}
