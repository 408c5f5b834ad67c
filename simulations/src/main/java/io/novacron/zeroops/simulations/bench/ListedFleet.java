package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** So many VMs elsewhere: of each, this process knows one bit. Lists nothing until it is told to. */
final class ListedFleet implements FleetProvider, AutoCloseable {
    private static final String OWNER = "vm/";
    private static final int DIGITS = 8;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("listed-fleet"));
    private final int vms;
    private final BitSet stopped = new BitSet(); // of the thread
    private final CountDownLatch open = new CountDownLatch(1);

    ListedFleet(int vms) {
        this.vms = vms;
    }

    static byte[] name(int vm) {
        byte[] name = new byte[3 + DIGITS];
        name[0] = 'v';
        name[1] = 'm';
        name[2] = '-';
        for (int i = name.length - 1, rest = vm; i > 2; i--, rest /= 10) {
            name[i] = (byte) ('0' + rest % 10);
        }
        return name;
    }

    private static String address(int vm) {
        return OWNER + new String(name(vm), StandardCharsets.US_ASCII);
    }

    /** From now on it answers. */
    void open() {
        open.countDown();
    }

    /** Stops or starts it, behind the back of its owner. */
    void change(int vm) {
        thread.execute(() -> stopped.flip(vm));
    }

    private Observed observed(int vm) {
        boolean isStopped = stopped.get(vm);
        return new Observed(address(vm), 0, isStopped ? Condition.STOPPED : Condition.RUNNING, isStopped ? 0 : 1, 0);
    }

    private void answer(Runnable work) {
        thread.execute(() -> {
            try {
                open.await();
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void submit(Effect.Call call, Consumer<Outcome> ended) {
        ended.accept(new Outcome.Failed("nothing_changes_here", false));
    }

    @Override
    public void list(Consumer<List<Observed>> listed) {
        answer(() -> {
            List<Observed> all = new ArrayList<>(vms);
            for (int vm = 0; vm < vms; vm++) {
                all.add(observed(vm));
            }
            listed.accept(all);
        });
    }

    @Override
    public void look(Set<String> resources, Consumer<List<Observed>> seen) {
        answer(() -> seen.accept(resources.stream()
                .map(resource -> Integer.parseInt(resource, OWNER.length() + 3, resource.length(), 10))
                .map(this::observed)
                .toList()));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
