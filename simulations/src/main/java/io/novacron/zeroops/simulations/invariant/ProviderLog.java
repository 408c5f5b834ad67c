package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.simulations.live.Taken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a provider says it did, in its own log of lines as {@code {"event":"effect","at","key","resource","generation",
 * "instances"}} and {@code {"event":"answered","key","resource","generation","disposition"}}: whatever the journal believes,
 * each key takes effect once, and nothing takes effect after a higher generation has, or has been answered.
 */
public final class ProviderLog {
    /** An answer raises the fence as an effect does. */
    private record Line(boolean isEffect, Taken taken) {}

    private final List<Line> lines = new ArrayList<>();

    /** @throws EvidenceException if it is no such log */
    public static ProviderLog read(Path file) {
        var log = new ProviderLog();
        JsonLines.read(file, log::add);
        return log;
    }

    private void add(JsonLines line) {
        String event = line.text("event");
        boolean isAnswer = event.equals("answered") && line.text("disposition").equals("accepted");
        if (event.equals("effect") || isAnswer) {
            lines.add(new Line(
                    !isAnswer,
                    new Taken(
                            line.text("resource"),
                            line.text("key"),
                            line.number("generation"),
                            line.has("instances") ? Math.toIntExact(line.number("instances")) : 0,
                            line.instant("at"))));
        }
    }

    /** All that took effect, in its order. */
    List<Taken> effects() {
        return lines.stream().filter(Line::isEffect).map(Line::taken).toList();
    }

    /** The log by itself; whether each effect was decided on is checked with the journal. */
    void check(Verdicts verdicts) {
        Set<String> keys = new HashSet<>();
        Map<String, Long> highest = new HashMap<>(); // by resource
        for (Line line : lines) {
            Taken taken = line.taken();
            if (taken.generation() > 0) { // else nobody asked for it: instances were lost
                long before = highest.getOrDefault(taken.resource(), 0L);
                if (line.isEffect()) {
                    verdicts.check(
                            keys.add(taken.key()),
                            taken.at(),
                            () -> "provider's log: " + taken.key() + " took effect twice");
                    verdicts.check(
                            taken.generation() >= before,
                            taken.at(),
                            () -> "provider's log: " + taken.resource() + ": generation " + taken.generation()
                                    + " took effect after " + before);
                }
                highest.put(taken.resource(), Math.max(before, taken.generation()));
            }
        }
    }
}
