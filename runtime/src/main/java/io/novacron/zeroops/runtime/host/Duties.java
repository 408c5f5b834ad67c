package io.novacron.zeroops.runtime.host;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.ClusterSingleton;
import akka.cluster.typed.ClusterSingletonSettings;
import akka.cluster.typed.SingletonActor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that each duty is done by one node of the cluster. A node by itself does them all. */
final class Duties implements AutoCloseable {
    private static final Duration RETRY_FIRST = Duration.ofSeconds(1);
    private static final Duration RETRY_LAST = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

    private final ActorSystem<?> system;
    private final boolean shared;
    private final Deque<AutoCloseable> own = new ArrayDeque<>(); // of a node by itself

    Duties(ActorSystem<?> system, boolean shared) {
        this.system = system;
        this.shared = shared;
    }

    /** @param name equal on all nodes */
    synchronized void add(String name, Duty duty) {
        if (shared) {
            var settings = ClusterSingletonSettings.create(system).withRole(AgentHost.ROLE);
            ClusterSingleton.get(system)
                    .init(SingletonActor.of(supervised(name, duty), name).withSettings(settings));
        } else {
            own.push(duty.begin());
        }
    }

    private static Behavior<Void> supervised(String name, Duty duty) {
        return Behaviors.supervise(behavior(name, duty))
                .onFailure(SupervisorStrategy.restartWithBackoff(RETRY_FIRST, RETRY_LAST, 0.2));
    }

    private static Behavior<Void> behavior(String name, Duty duty) {
        return Behaviors.setup(context -> {
            LOG.info("this node takes up {}", name);
            AutoCloseable running = duty.begin();
            return Behaviors.receive(Void.class)
                    .onSignal(PostStop.class, stopped -> {
                        LOG.info("this node lays down {}", name);
                        close(running);
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.error("a duty did not end as it should", e);
        }
    }

    @Override
    public synchronized void close() {
        while (!own.isEmpty()) {
            close(own.pop());
        }
    }
}
