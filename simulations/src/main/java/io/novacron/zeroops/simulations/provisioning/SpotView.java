package io.novacron.zeroops.simulations.provisioning;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import io.novacron.zeroops.simulations.provisioning.SpotReport.CapacityClass;
import io.novacron.zeroops.simulations.provisioning.SpotReport.Jobs;
import io.novacron.zeroops.simulations.provisioning.SpotReport.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A spot report for people. */
final class SpotView {
    private final SpotOptions options;
    private final SpotReport report;

    SpotView(SpotOptions options, SpotReport report) {
        this.options = options;
        this.report = report;
    }

    EvaluationView view() {
        List<Table> tables = new ArrayList<>();
        tables.add(pools());
        report.classes().forEach(each -> tables.add(jobs(each)));
        report.classes().forEach(each -> tables.add(services(each)));
        return new EvaluationView("spot", report, tables, totals(), goals(), report.notes(), List.of(), definitions());
    }

    private Table pools() {
        List<List<String>> rows = new ArrayList<>();
        for (CapacityClass each : report.classes()) {
            for (int i = 0; i < each.pools().size(); i++) {
                rows.add(List.of(
                        each.name() + " in " + each.pools().get(i),
                        fixed(each.availablePct().get(i), 1),
                        fixed(each.days(), 1),
                        fixed(each.spotUsdPerH(), 4),
                        fixed(each.onDemandUsdPerH(), 4)));
            }
        }
        return new Table("Pools", List.of("pool", "available %", "days", "spot $/h", "on demand $/h"), rows);
    }

    private static Table jobs(CapacityClass each) {
        return new Table(
                "Jobs with deadlines on " + each.name(),
                List.of(
                        "policy",
                        "jobs",
                        "missed",
                        "unfinished",
                        "cost $",
                        "saved %",
                        "interruptions",
                        "spot hours %",
                        "mean hours"),
                each.jobs().stream()
                        .map(j -> List.of(
                                j.policy(),
                                grouped(j.jobs()),
                                grouped(j.missed()),
                                grouped(j.unfinished()),
                                fixed(j.costUsd(), 2),
                                fixed(j.savedPct(), 1),
                                grouped(j.interruptions()),
                                fixed(j.spotHoursPct(), 1),
                                fixed(j.meanHours(), 1)))
                        .toList());
    }

    private static Table services(CapacityClass each) {
        return new Table(
                "A service on " + each.name(),
                List.of(
                        "policy",
                        "availability %",
                        "longest shortage min",
                        "cost $",
                        "saved %",
                        "interruptions",
                        "spot hours %"),
                each.service().stream()
                        .map(s -> List.of(
                                s.policy(),
                                fixed(s.availabilityPct(), 4),
                                fixed(s.longestShortageMinutes(), 0),
                                fixed(s.costUsd(), 2),
                                fixed(s.savedPct(), 1),
                                grouped(s.interruptions()),
                                fixed(s.spotHoursPct(), 1)))
                        .toList());
    }

    private Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("classes", grouped(report.classes().size()));
        totals.put(
                "jobs",
                options.jobLength().toMinutes() / 60.0 + " h each, due after "
                        + options.jobDeadline().toMinutes() / 60.0 + " h, one every "
                        + options.jobEvery().toMinutes() / 60.0 + " h");
        totals.put("service", options.instances() + " instances all the time");
        return totals;
    }

    private List<Goal> goals() {
        double wanted = 100 * options.settings().availabilityMin();
        int missed = 0;
        int jobs = 0;
        double least = 100;
        List<String> dearer = new ArrayList<>();
        for (CapacityClass each : report.classes()) {
            Jobs ours = each.jobs().get(1);
            Service service = each.service().get(1);
            missed += ours.missed();
            jobs += ours.jobs();
            least = Math.min(least, service.availabilityPct());
            if (ours.savedPct() < 0 || service.savedPct() < 0) {
                dearer.add(each.name());
            }
        }
        return List.of(
                new Goal("no deadline missed", Optional.of(missed == 0), missed + " of " + grouped(jobs)),
                new Goal(
                        "a service is up at least " + fixed(wanted, 2) + " %, in every class",
                        Optional.of(least >= wanted),
                        fixed(least, 4) + " %"),
                new Goal(
                        "never dearer than on demand",
                        Optional.of(dearer.isEmpty()),
                        dearer.isEmpty() ? "in no class" : String.join(", ", dearer)));
    }

    private Map<String, String> definitions() {
        var settings = options.settings();
        Map<String, String> definitions = new LinkedHashMap<>();
        definitions.put(
                "zeroops",
                "spot in the pool that is cheapest for its progress, at most "
                        + fixed(100 * settings.poolShareMax(), 0) + " % of the instances in one; waits while ahead of"
                        + " the even way to the deadline, on demand when behind, and for good once the slack is what a"
                        + " fallback takes; a service runs on demand what spot does not give");
        definitions.put("cheapest pool, no fallback", "the pool of the least price at the start, and nothing else");
        definitions.put("any pool, no fallback", "the cheapest that is available, and nothing else");
        definitions.put(
                "missed",
                "done after the deadline, or not at all; jobs whose deadline is beyond the data are not begun");
        definitions.put(
                "interruptions",
                "instances taken away; told " + settings.notice().toMinutes() + " min before, in which work is saved");
        definitions.put(
                "changeover",
                settings.changeover().toMinutes()
                        + " min from a decision until there is progress elsewhere, paid for; a service's instance serves after "
                        + settings.boot().toSeconds() + " s");
        definitions.put("availability", "instance time up, of that wanted; on demand is taken to be had at any time");
        definitions.put("mean hours", "from arrival to the end of a job");
        return definitions;
    }
}
