package io.novacron.zeroops.simulations.evaluation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./zeroops simulate} shows, as a table, as JSON in snake_case and as a page.
 *
 * @param policies by name: zeroops, reactive, static, oracle; over all seeds, for the first variant
 * @param reactiveFront every reactive target, beside what it came to, over the same seeds
 * @param variants the same for each load of the scenario; one entry where there is only one
 * @param oracleShare (best reactive - ours) / (best reactive - oracle) in cost, the best reactive being the cheapest with
 *     no more SLO violations than ours; null where no reactive target has as few, or none is dearer than the oracle
 * @param violationsVsReactiveSameCost our SLO violations / those of the reactive target that costs the same, interpolated
 *     linearly in cost between the two targets beside; null where all of them are cheaper, or have none
 * @param virtualS seconds simulated, over all runs
 * @param wallS seconds it took
 * @param steps events of the simulation's clock
 * @param journalSha256 of the journal of the one run; of several, of their hexadecimal SHA-256s, one a line, in order
 * @param notes what a reader must know, such as gaps in a trace
 */
public record SimulationReport(
        String scenario,
        List<Long> seeds,
        Map<String, PolicyFigures> policies,
        List<ReactiveTarget> reactiveFront,
        List<Variant> variants,
        @Nullable Double oracleShare,
        @Nullable Double violationsVsReactiveSameCost,
        double virtualS,
        double wallS,
        long steps,
        long journalEvents,
        String journalSha256,
        long invariantsChecked,
        long invariantsViolated,
        List<String> notes,
        List<Plot> plots) {

    /** @param target utilisation, 0..1 */
    public record ReactiveTarget(double target, PolicyFigures figures) {}

    public record Variant(
            String name,
            Map<String, PolicyFigures> policies,
            List<ReactiveTarget> reactiveFront,
            @Nullable Double oracleShare,
            @Nullable Double violationsVsReactiveSameCost) {}

    /**
     * Series over a common time axis, thinned for a page; not part of the JSON.
     *
     * @param seconds of virtual time, ascending
     * @param series each as long as {@code seconds}; NaN where there is no value
     * @param marks decisions: when, and what each was
     */
    public record Plot(String title, String unit, List<Double> seconds, List<Series> series, List<Mark> marks) {}

    public record Series(String name, List<Double> values) {}

    public record Mark(double second, String text) {}
}
