package io.novacron.zeroops.runtime.cluster;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import io.novacron.zeroops.persistence.journal.JournalFormat;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Raises the format of the journal once every node of the cluster reads it: each shows in its roles which it reads. */
public final class Formats {
    private static final String ROLE = "format-";

    /** Long enough for a node that is about to join to be seen. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Formats.class);

    private final ActorSystem<?> system;
    private final JournalFormat format;
    private int seen; // the least of all members' at the last look

    private Formats(ActorSystem<?> system, JournalFormat format) {
        this.system = system;
        this.format = format;
    }

    static String role(int newest) {
        return ROLE + newest;
    }

    /** Goes on until what it returns is closed; one node of the cluster does it. */
    public static AutoCloseable raise(ActorSystem<?> system, JournalFormat format) {
        var formats = new Formats(system, format);
        Cancellable timer =
                system.scheduler().scheduleWithFixedDelay(EVERY, EVERY, formats::look, system.executionContext());
        return timer::cancel;
    }

    private void look() {
        int least = StreamSupport.stream(
                        Cluster.get(system).state().getMembers().spliterator(), false)
                .mapToInt(Formats::of)
                .min()
                .orElse(JournalFormat.FIRST);
        try {
            if (least > format.current() && least == seen) { // twice in a row
                format.raise(least);
                LOG.info("all nodes read format {}: the journal is written in it from now on", least);
            }
        } catch (JournalUnavailableException e) {
            LOG.warn("the format cannot be raised, and is tried again: {}", e.getMessage());
        }
        seen = least;
    }

    private static int of(Member member) {
        return member.getRoles().stream()
                .filter(role -> role.startsWith(ROLE))
                .mapToInt(role -> Integer.parseInt(role.substring(ROLE.length())))
                .max()
                .orElse(JournalFormat.FIRST);
    }
}
