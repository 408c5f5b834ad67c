package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrationTest {
    @TempDir
    Path directory = Path.of("");

    private Connection file() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("data/journal"), "zeroops", "");
    }

    /** As the version before there were migrations left it. */
    @Test
    void aFolderOfBeforeMigrationsGoesOn() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        try (Connection connection = file();
                var statement = connection.createStatement()) {
            var schema =
                    Objects.requireNonNull(MigrationTest.class.getResourceAsStream("/db/h2/V1__journal_and_views.sql"));
            RunScript.execute(connection, new InputStreamReader(schema, StandardCharsets.UTF_8));
            statement.execute("INSERT INTO \"zeroops_meta\" VALUES ('schema_version', '1'), ('kept', 'yes')");
            statement.execute("INSERT INTO \"view_progress\" VALUES (1, 7, 0, 0, 0, 0, 0, 0, 0, 0)");
            try (var insert = connection.prepareStatement("INSERT INTO \"event_journal\" (\"persistence_id\","
                    + " \"sequence_number\", \"writer\", \"write_timestamp\", \"adapter_manifest\","
                    + " \"event_payload\", \"event_ser_id\", \"event_ser_manifest\")"
                    + " VALUES ('scaler/a', 1, 'life-1', 0, '', ?, 9001, 'hash')")) {
                insert.setBytes(1, PostgresDatabaseTest.row(1).payload());
                insert.executeUpdate();
            }
        }
        for (int i = 1; i <= 2; i++) {
            try (var database = FolderDatabase.own(directory.resolve("data"));
                    var path = WritePath.start(database)) {
                assertThat(database.meta("schema_version")).contains(Integer.toString(SchemaVersion.CURRENT));
                assertThat(database.meta("kept")).contains("yes");
                path.write(List.of(PostgresDatabaseTest.row(i + 1)))
                        .toCompletableFuture()
                        .join();
                assertThat(new JournalReader(database).of("scaler/a")).hasSize(i + 1);
            }
        }
    }

    @Test
    void tablesOfAnotherProgramAreLeftAlone() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        try (Connection connection = file();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE invoices (id INT)");
        }
        assertThatThrownBy(() -> FolderDatabase.own(directory.resolve("data")))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining("is of schema version none");
    }
}
