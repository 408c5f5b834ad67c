package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.evaluation.SimulationReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Variant;
import io.novacron.zeroops.simulations.host.SimulatedJournal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Adds up what several runs came to. */
final class Totals {
    /** Of one run; all are counted. */
    private static final int PROBLEMS_NOTED_MAX = 3;

    private final InstantSource wallClock;
    private final Instant begun;
    private final List<String> journals = new ArrayList<>();
    private double virtualS;
    private long steps;
    private long journalEvents;
    private long checked;
    private long violated;

    Totals(InstantSource wallClock) {
        this.wallClock = wallClock;
        this.begun = wallClock.instant();
    }

    void add(double ranVirtualS, long ranSteps, long events, String sha256, long ranChecked, long ranViolated) {
        virtualS += ranVirtualS;
        steps += ranSteps;
        journalEvents += events;
        checked += ranChecked;
        violated += ranViolated;
        journals.add(sha256);
    }

    /** One run of the control plane on a load; the first of what it violated goes into {@code notes}. */
    void add(String run, double ranVirtualS, ScalingRun.Outcome outcome, List<String> notes) {
        add(
                ranVirtualS,
                outcome.steps(),
                outcome.journalEvents(),
                outcome.sha256(),
                outcome.checked(),
                outcome.violated());
        outcome.problems().stream().limit(PROBLEMS_NOTED_MAX).forEach(problem -> notes.add(run + ": " + problem));
    }

    double wallS() {
        return Duration.between(begun, wallClock.instant()).toNanos() / 1e9;
    }

    double virtualS() {
        return virtualS;
    }

    long steps() {
        return steps;
    }

    long journalEvents() {
        return journalEvents;
    }

    long checked() {
        return checked;
    }

    long violated() {
        return violated;
    }

    /** Of one run its journal's; of several, that of their hexadecimal SHA-256s, one a line, in order. */
    String journalSha256() {
        return journals.size() == 1 ? journals.get(0) : sha256(String.join("\n", journals) + "\n");
    }

    SimulationReport report(
            String scenario, List<Long> seeds, List<Variant> variants, List<String> notes, List<Plot> plots) {
        Variant first = variants.get(0);
        return new SimulationReport(
                scenario,
                seeds,
                first.policies(),
                first.reactiveFront(),
                variants,
                first.oracleShare(),
                first.violationsVsReactiveSameCost(),
                virtualS,
                wallS(),
                steps,
                journalEvents,
                journalSha256(),
                checked,
                violated,
                notes,
                plots);
    }

    private static String sha256(String text) {
        byte[] digest = SimulatedJournal.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
