package io.novacron.zeroops.http.node;

import io.novacron.zeroops.simulations.trace.Trace;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one start of a node is given beside its settings.
 *
 * @param port 0 for any that is free
 * @param speed how many times as fast as the machine's the simulated fleet's clock runs, {@link #SPEED_MIN} to
 *     {@link #SPEED_MAX}
 * @param trace the load of the first workload; without one it is made up
 * @param version of the program
 */
public record NodeOptions(String host, int port, Path data, double speed, Optional<Trace> trace, String version) {
    public static final double SPEED_MIN = 0.1;
    public static final double SPEED_MAX = 3_600;
    private static final int PORT_MAX = 65_535;

    public NodeOptions {
        if (!(speed >= SPEED_MIN && speed <= SPEED_MAX)) {
            throw new IllegalArgumentException("--speed " + speed + ": use " + SPEED_MIN + " to " + (int) SPEED_MAX);
        }
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "--port " + port + ": use 1 to " + PORT_MAX + ", or 0 for any that is free");
        }
    }
}
