package io.novacron.zeroops.persistence.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the process from ending, with names by which a thread dump can be read. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** All of this name: for executors of one thread, which replace one that died. */
    public static ThreadFactory named(String name) {
        return task -> daemon(task, name);
    }

    /** Of this name and a number from 1. */
    public static ThreadFactory numbered(String name) {
        var number = new AtomicInteger();
        return task -> daemon(task, name + "-" + number.incrementAndGet());
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
