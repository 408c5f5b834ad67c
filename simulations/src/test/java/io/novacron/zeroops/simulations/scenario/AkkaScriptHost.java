package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.Catalogue;
import io.novacron.zeroops.runtime.host.Gate;
import io.novacron.zeroops.runtime.host.HostClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A node of production on a real journal, whose clock stands still but for the test. Entities leave memory as soon as they
 * can; and once, in the middle of the script, the node stops and another starts where it was.
 */
final class AkkaScriptHost extends ScriptedHost {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final Duration IDLE = Duration.ofMillis(40);
    private static final int RESTART_S = 40;

    private final Path folder;
    private final Catalogue catalogue;
    private final Map<String, Position> firstRows = new TreeMap<>(); // since something was last said
    private final Map<String, Position> committedAtReply = new ConcurrentHashMap<>();
    private Node node;
    private boolean restarted;
    private Position read = Position.START;
    private long lastProgress;

    private record Node(JournalDatabase database, WritePath journal, AgentHost host) {
        void close() {
            host.close();
            journal.close();
            database.close();
        }
    }

    AkkaScriptHost(long seed, Catalogue catalogue, Path folder) throws Exception {
        super(seed, catalogue);
        this.folder = folder;
        this.catalogue = catalogue;
        node = start();
    }

    private Node start() throws Exception {
        var time = new HostClock() {
            @Override
            public Instant instant() {
                return clock.instant();
            }

            @Override
            public Duration onMachine(Duration duration) {
                return LOOK_AGAIN; // nobody knows how long it takes until the test sets the clock
            }
        };
        var database = FolderDatabase.own(folder);
        var journal = WritePath.start(database);
        var host = AgentHost.start(new AgentHost.Parts(
                database,
                journal,
                catalogue::agent,
                fleet,
                (message, ended) -> ended.accept(Outcome.DONE),
                clients,
                time,
                "conformance",
                Gate.WRITES_MAX,
                IDLE,
                Membership.ALONE));
        host.ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return new Node(database, journal, host);
    }

    @Override
    List<CompletableFuture<Reply>> say(List<Script.Told> burst) {
        lastProgress = System.nanoTime();
        firstRows.clear();
        committedAtReply.clear();
        return burst.stream()
                .map(told -> node.host()
                        .ask(told.address(), told.command())
                        .whenComplete((reply, failure) -> committedAtReply.merge(
                                told.address(), node.journal().committed(), AkkaScriptHost::later))
                        .toCompletableFuture())
                .toList();
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }

    /** What was acknowledged has been written: with the last reply at the latest, the first row that the burst led to. */
    @Override
    void settled() {
        firstRows.forEach((address, row) -> {
            Position committed = committedAtReply.get(address);
            if (committed != null && row.isAfter(committed)) {
                throw new AssertionError(address + " replied before row " + row + " was written");
            }
        });
    }

    @Override
    void begin(long second) {
        if (second >= RESTART_S
                && !restarted
                && clients.isIdle()) { // an outbox does not survive: the next try is at once
            restarted = true;
            restart();
        }
        lastProgress = System.nanoTime();
        committedAtReply.clear();
        clock.set(second);
    }

    private void restart() {
        node.close();
        fleet.forget();
        try {
            node = start();
        } catch (Exception e) {
            throw new AssertionError("the node did not come up again", e);
        }
    }

    @Override
    void run() {
        List<JournalEntry> rows = new JournalReader(node.database()).after(read, JournalReader.PAGE_MAX);
        for (JournalEntry row : rows) {
            read = row.position();
            firstRows.putIfAbsent(row.entity(), read);
            row.events().forEach(event -> progress.journaled(row.entity(), event));
            lastProgress = System.nanoTime();
        }
        if (rows.isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }

    @Override
    boolean isOverdue() {
        return System.nanoTime() - lastProgress > PATIENCE.toNanos();
    }

    /** Stopped, so that nothing can come any more. */
    @Override
    void end() {
        node.host().close();
        run();
    }

    @Override
    public void close() {
        node.close();
    }
}
