package io.novacron.zeroops.http.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the fault tests do to a database is what they say they do. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresTest {
    private static final String ROWS = "SELECT count(*) FROM fact";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void itComesBackFromACrashAndFromAFullDiskWithAllThatWasCommitted() throws Exception {
        Optional<String> missing = Bed.missing();
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        try (Network network = Network.create();
                Postgres postgres = Postgres.start(network.host("db"), directory)) {
            postgres.sql("postgres", "CREATE TABLE fact (said text); INSERT INTO fact VALUES ('before')");

            postgres.crash();
            postgres.awaitReady();
            assertThat(postgres.sql("postgres", ROWS)).isEqualTo("1\n");

            postgres.fillDisk();
            assertThatThrownBy(() -> postgres.sql(
                            "postgres", "INSERT INTO fact SELECT repeat('x', 1000) FROM generate_series(1, 100000)"))
                    .hasMessageContaining("psql");
            postgres.freeDisk();
            postgres.awaitReady();
            assertThat(postgres.sql("postgres", ROWS)).isEqualTo("1\n");
            postgres.sql("postgres", "INSERT INTO fact VALUES ('after')");
        }
        assertThat(Shell.run("mount")).doesNotContain(directory.toString());
    }
}
