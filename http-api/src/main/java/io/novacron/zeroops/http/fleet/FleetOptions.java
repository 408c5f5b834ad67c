package io.novacron.zeroops.http.fleet;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one start of a fleet's process is given beside its settings.
 *
 * @param host that it listens on
 * @param port 0 for any that is free
 * @param data the folder of its ledger and bills
 * @param log where every operation is logged; without one in {@code data}
 * @param token that clients must bear
 * @param incidentsEvery each workload has one incident in each such time; zero for none
 * @param vms plain VMs beside the workloads
 * @param remoteWrite where telemetry goes: to the first of these that takes it
 */
public record FleetOptions(
        String host,
        int port,
        Path data,
        Optional<Path> log,
        Optional<String> token,
        Duration incidentsEvery,
        int vms,
        List<URI> remoteWrite,
        double failShare,
        double unknownShare,
        Duration latency,
        long seed) {
    public static final int VMS_MAX = 10_000;
    private static final int PORT_MAX = 65_535;

    public FleetOptions {
        remoteWrite = List.copyOf(remoteWrite);
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "--port " + port + ": use 1 to " + PORT_MAX + ", or 0 for any that is free");
        } else if (vms < 0 || vms > VMS_MAX) {
            throw new IllegalArgumentException("--vms " + vms + ": use 0 to " + VMS_MAX);
        }
        for (URI url : remoteWrite) {
            if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
                throw new IllegalArgumentException(
                        "--remote-write " + url + ": use an address such as http://127.0.0.1:8080/api/v1/write");
            }
        }
    }
}
