package io.novacron.zeroops.simulations.evaluation;

import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation on recorded data or a simulation shows, in every form: {@code figures} as JSON, the rest as text and as a page.
 *
 * @param name of the evaluation, such as {@code fleet}
 * @param figures a record of numbers, texts and lists
 * @param totals name and value of what is not in a table
 * @param notes what a reader must know, such as gaps in a trace
 * @param definitions what the columns mean, by their names
 */
public record EvaluationView(
        String name,
        Object figures,
        List<Table> tables,
        Map<String, String> totals,
        List<Goal> goals,
        List<String> notes,
        List<Plot> plots,
        Map<String, String> definitions) {

    /** @param rows each as long as {@code header}; the first column is text, the others are numbers */
    public record Table(String title, List<String> header, List<List<String>> rows) {}

    /**
     * What was expected.
     *
     * @param isMet empty where there is no figure, or too few data for one
     * @param found the figure, for people
     */
    public record Goal(String name, Optional<Boolean> isMet, String found) {
        public static Goal judged(String name, boolean isMet, String found) {
            return new Goal(name, Optional.of(isMet), found);
        }

        /** @param found what there is instead of a figure, or how far it does not suffice */
        public static Goal notShown(String name, String found) {
            return new Goal(name, Optional.empty(), found);
        }

        /** For people. */
        String verdict() {
            return isMet.map(met -> met ? "met" : "missed").orElse("not shown");
        }
    }
}
