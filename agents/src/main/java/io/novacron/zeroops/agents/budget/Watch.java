package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Proposal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What the budget has told of, and what it has proposed to shrink.
 *
 * @param spent the highest level told of in this period, by node, of what was billed; in percent of its limit
 * @param expected likewise, of what it comes to by the period's end if all runs on
 * @param anomalies the latest, oldest first
 * @param news of anomalies that subscribers are still to be told
 * @param actions what each resource last grew by, which says how it is made smaller
 */
public record Watch(
        PSortedMap<String, Integer> spent,
        PSortedMap<String, Integer> expected,
        List<Anomaly> anomalies,
        List<News> news,
        PSortedMap<String, Action> actions,
        Draining draining) {

    /** Anomalies that are remembered, for repeats and for people. */
    public static final int ANOMALIES_MAX = 100;

    /** Commands to subscribers that may wait at once; one more is not sent: with all else that is owed, no more than a host runs. */
    public static final int NEWS_MAX = 24;

    static final Watch NONE =
            new Watch(TreePMap.empty(), TreePMap.empty(), List.of(), List.of(), TreePMap.empty(), Draining.NONE);

    public Watch {
        anomalies = List.copyOf(anomalies);
        news = List.copyOf(news);
    }

    /**
     * A node came to a level.
     *
     * @param isExpected whether that is what it comes to by the period's end; else what was billed so far
     * @param percent of its limit
     */
    public record Reached(String node, boolean isExpected, int percent) {}

    /**
     * A node spends much more than was to be expected.
     *
     * @param id never recurs
     * @param from the hour or day it was billed for, up to {@code to}; the coming hour, if that is what it costs should all run on
     * @param billed for that time
     */
    public record Anomaly(String id, String node, Instant from, Instant to, Money billed, Money expected) {}

    /**
     * One command to one subscriber.
     *
     * @param until when it is given up
     */
    public record News(String id, String to, Anomaly anomaly, Instant until) {}

    /**
     * The one proposal to shrink that is out.
     *
     * @param sequence of the last proposal; ids of decisions are made of it
     * @param lookAt when to look for work to shrink; empty if nothing calls for it
     * @param failed the resource that could not be shrunk last time, which comes last; empty if there is none
     */
    public record Draining(long sequence, Optional<Out> out, Optional<Instant> lookAt, String failed) {
        static final Draining NONE = new Draining(0, Optional.empty(), Optional.empty(), "");

        Draining lookingAt(Instant at) {
            return new Draining(sequence, out, Optional.of(at), failed);
        }
    }

    /** @param handed whether its decision has answered the last time it was told or asked */
    public record Out(Proposal proposal, int asks, boolean handed, Instant deadline) {}

    Watch reached(List<Reached> all) {
        PSortedMap<String, Integer> nextSpent = spent;
        PSortedMap<String, Integer> nextExpected = expected;
        for (Reached one : all) {
            if (one.isExpected()) {
                nextExpected = nextExpected.plus(one.node(), one.percent());
            } else {
                nextSpent = nextSpent.plus(one.node(), one.percent());
            }
        }
        return new Watch(nextSpent, nextExpected, anomalies, news, actions, draining);
    }

    /** A new limit is told of anew. */
    Watch forgetting(String node) {
        return new Watch(spent.minus(node), expected.minus(node), anomalies, news, actions, draining);
    }

    Watch inNewPeriod() {
        return new Watch(
                TreePMap.empty(),
                TreePMap.empty(),
                anomalies,
                news,
                actions,
                new Draining(draining.sequence(), draining.out(), draining.lookAt(), ""));
    }

    Watch plus(Anomaly anomaly) {
        List<Anomaly> all = new ArrayList<>(anomalies);
        all.add(anomaly);
        return new Watch(
                spent,
                expected,
                all.subList(Math.max(0, all.size() - ANOMALIES_MAX), all.size()),
                news,
                actions,
                draining);
    }

    /** @param told the id of what is no longer owed */
    Watch owing(String told, List<News> more) {
        List<News> owed = Stream.concat(news.stream().filter(n -> !n.id().equals(told)), more.stream())
                .toList();
        return owed.equals(news) ? this : new Watch(spent, expected, anomalies, owed, actions, draining);
    }

    Watch grown(Action action) {
        return new Watch(spent, expected, anomalies, news, actions.plus(action.resource(), action), draining);
    }

    Watch without(String resource) {
        return actions.containsKey(resource)
                ? new Watch(spent, expected, anomalies, news, actions.minus(resource), draining)
                : this;
    }

    Watch with(Draining next) {
        return new Watch(spent, expected, anomalies, news, actions, next);
    }
}
