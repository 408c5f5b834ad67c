package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.server.PrivateServer;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.simulations.bench.BenchDatabase;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Of benches that can measure either database. */
final class BenchDatabaseOption {
    @Option(
            names = "--database",
            paramLabel = "KIND",
            defaultValue = "folder",
            description =
                    "folder: H2, in a file; postgresql: a server with its default settings, which is started for this. Default: ${DEFAULT-VALUE}.")
    private DatabaseKind kind = DatabaseKind.FOLDER;

    /** @throws InvalidInputException if there can be none */
    BenchDatabase open(Path folder) throws InterruptedException {
        if (kind == DatabaseKind.FOLDER) {
            return BenchDatabase.h2();
        } else if (PrivateServer.installation().isEmpty()) {
            throw new InvalidInputException("--database postgresql " + PrivateServer.MISSING);
        }
        try {
            return BenchDatabase.postgresql(folder);
        } catch (IOException e) {
            throw new InvalidInputException("--database postgresql cannot be started in " + folder.toAbsolutePath()
                    + "; give a --dir that its user may enter, such as /tmp: " + e.getMessage());
        }
    }
}
