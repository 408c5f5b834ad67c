package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.evaluation.CampaignReport;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.ReportJson;
import io.novacron.zeroops.simulations.evaluation.ReportPage;
import io.novacron.zeroops.simulations.evaluation.ReportTable;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport;
import io.novacron.zeroops.simulations.evaluation.SpendReport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a report of one kind is shown.
 *
 * @param page of the report and the command line that gives it again
 * @param isViolated whether it found an invariant broken; that everything pending ends is one of them
 */
record ReportForms<R>(
        Function<R, String> table,
        Function<R, String> json,
        BiFunction<R, String, String> page,
        Predicate<R> isViolated) {

    static final ReportForms<SimulationReport> SIMULATION = new ReportForms<>(
            ReportTable::of, ReportJson::of, ReportPage::of, report -> report.invariantsViolated() > 0);

    static final ReportForms<ScenarioReport> SCENARIO = new ReportForms<>(
            report -> ReportTable.of(report.view()),
            report -> ReportJson.of(report.view()),
            (report, command) -> ReportPage.of(report.view(), command),
            report -> report.invariantsViolated() > 0);

    static final ReportForms<EvaluationView> EVALUATION =
            new ReportForms<>(ReportTable::of, ReportJson::of, ReportPage::of, view -> false);

    static final ReportForms<SpendReport> SPEND =
            new ReportForms<>(ReportTable::of, ReportJson::of, ReportPage::of, report -> false);

    static final ReportForms<CampaignReport> CAMPAIGN = new ReportForms<>(
            ReportTable::of,
            ReportJson::of,
            ReportPage::of,
            report -> report.violations() > 0 || report.pendingAtEnd() > 0);
}
