package io.novacron.zeroops.simulations.evaluation;

import io.novacron.zeroops.simulations.evaluation.SimulationReport.Mark;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.ReactiveTarget;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Variant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Reports to show, with a text that would do harm if it were not escaped. */
final class Reports {
    static final String HARMFUL = "</script><script>alert('{{report}}')</script>";

    private Reports() {}

    static PolicyFigures figures(@Nullable Double ready, double violations, double cost) {
        return new PolicyFigures(4.25, ready, violations, 1, 2, 3, 4, 5, 6, 1_234.5, cost, 60, 10, 7, 0);
    }

    static SimulationReport spike(long seeds, @Nullable Double ready) {
        Map<String, PolicyFigures> policies = new LinkedHashMap<>();
        policies.put("zeroops", figures(ready, 0.1, 5));
        policies.put("reactive", figures(80.0, 2, 5));
        policies.put("static", figures(0.0, 0, 20));
        policies.put("oracle", figures(null, Double.NaN, 4));
        var front = List.of(new ReactiveTarget(0.4, figures(70.0, 1, 6)), new ReactiveTarget(0.9, figures(99.0, 9, 3)));
        var plot = new Plot(
                HARMFUL,
                "instances",
                List.of(0.0, 60.0, 120.0),
                List.of(new Series("load", List.of(1.0, 6.0, 6.0)), new Series("ready", List.of(1.0, Double.NaN, 6.0))),
                List.of(new Mark(61, HARMFUL)));
        return new SimulationReport(
                "traffic-spike",
                LongStream.rangeClosed(1, seeds).boxed().toList(),
                policies,
                front,
                List.of(
                        new Variant("x6-step", policies, front, 0.5, 0.25),
                        new Variant("+200%-ramp", policies, front, null, null)),
                0.5,
                0.25,
                7_200,
                1.5,
                1_000,
                200,
                "ab".repeat(32),
                3_000,
                0,
                List.of("a gap of 3 minutes " + HARMFUL),
                List.of(plot));
    }

    static CampaignReport campaign(long violations) {
        return new CampaignReport(
                "fault-campaign",
                1_000,
                60_000,
                52,
                violations,
                0,
                violations == 0
                        ? List.of()
                        : List.of(new CampaignReport.FailingSeed(17, "double commit", "./zeroops simulate ...")),
                Map.of("loss", 31L),
                12,
                12,
                Map.of("before persist, Send", 99L),
                86_400,
                120,
                5_000,
                4_000,
                "cd".repeat(32),
                9_000);
    }
}
