package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalFormat;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.runtime.cluster.ClusterConfig;
import io.novacron.zeroops.runtime.cluster.Founding;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.cluster.ShardFence;
import io.novacron.zeroops.runtime.notify.LogNotifier;
import io.novacron.zeroops.runtime.settings.ClusterSettings;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Nodes of a cluster in one process, which share a folder's journal as others would a database. */
final class TestCluster implements AutoCloseable {
    final AtomicLongArray epochs = new AtomicLongArray(64);

    private final JournalDatabase database;
    private final WritePath journal;
    private final List<AgentHost> nodes = new ArrayList<>();
    private final AtomicInteger founders = new AtomicInteger();

    TestCluster(Path folder) {
        database = FolderDatabase.own(folder, 0);
        journal = WritePath.start(database);
    }

    JournalDatabase database() {
        return database;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts a node, which may not be ready yet.
     *
     * @param management its port, one of {@code all}
     * @param more keys of {@code cluster}, each on a line of its own
     */
    AgentHost start(int management, List<Integer> all, String more) throws IOException, SettingsException {
        var fence = new ShardFence(epochs::incrementAndGet);
        var founding = new Founding(() -> founders.getAndIncrement() == 0);
        var node = host(
                database,
                journal,
                new Membership(
                        ClusterConfig.of(settings(management, all, more), JournalFormat.FIRST),
                        Optional.of(fence),
                        Optional.of(founding),
                        new EventCodec()));
        nodes.add(node);
        return node;
    }

    /** On a free port; the rest as in {@link #start}. */
    static ClusterSettings settings(int management, List<Integer> all, String more)
            throws IOException, SettingsException {
        String contacts = String.join(
                ", ", all.stream().map(one -> "'127.0.0.1:" + one + "'").toList());
        Settings settings = Settings.ofCanonical(
                """
                database: {kind: postgresql}
                provider: {kind: http}
                cluster:
                  discovery: static
                  port: %d
                  management_port: %d
                  contact_points: [%s]
                  required_contact_points: %d
                %s
                """
                        .formatted(freePort(), management, contacts, all.size() / 2 + 1, more.indent(2)));
        return settings.cluster();
    }

    static AgentHost host(JournalDatabase database, WritePath journal, Membership membership) {
        return AgentHost.start(new AgentHost.Parts(
                database,
                journal,
                TestNode.CATALOGUE::agent,
                new TestNode.EmptyFleet(),
                new LogNotifier(),
                Outside.NOBODY,
                HostClock.of(InstantSource.system()),
                "test",
                Gate.WRITES_MAX,
                AgentHost.IDLE_AFTER,
                membership));
    }

    /** Stops one as an operator would. */
    void stop(AgentHost node) {
        nodes.remove(node);
        node.close();
    }

    @Override
    public void close() {
        nodes.forEach(AgentHost::close);
        journal.close();
        database.close();
    }
}
