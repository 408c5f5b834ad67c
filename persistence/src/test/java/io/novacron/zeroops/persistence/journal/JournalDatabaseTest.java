package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalDatabaseTest {
    @TempDir
    Path directory = Path.of("");

    private Path folder() {
        return directory.resolve("data");
    }

    /** Another program: what it prints, it has found. */
    static final class Visitor {
        public static void main(String[] args) {
            Path folder = Path.of(args[1]);
            try (var database = args[0].equals("own") ? FolderDatabase.own(folder) : FolderDatabase.visit(folder)) {
                System.out.println((database.isOwned() ? "owns " : "visits ")
                        + database.meta("greeting").orElse("nothing"));
                database.setMeta("answer", "seen");
            } catch (DataFolderException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    private String visitor(String how) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Visitor.class.getName(),
                        how,
                        folder().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void hasOneOwnerAndLetsOthersOfThisMachineIn() throws IOException, InterruptedException {
        try (var owner = FolderDatabase.own(folder())) {
            owner.setMeta("greeting", "good day");
            assertThatThrownBy(() -> FolderDatabase.own(folder()))
                    .isInstanceOf(DataFolderException.class)
                    .hasMessageContaining("in use");
            try (var visit = FolderDatabase.visit(folder())) { // which must not end the owner's lock
                assertThat(visit.isOwned()).isFalse();
                assertThat(visit.meta("greeting")).contains("good day");
                assertThatThrownBy(visit::folder).isInstanceOf(IllegalStateException.class);
            }
            assertThat(visitor("own"))
                    .contains(
                            "refused",
                            "in use by another process (process "
                                    + ProcessHandle.current().pid() + ")");
            assertThat(visitor("visit")).contains("visits good day");
            assertThat(owner.meta("answer")).contains("seen");
            assertThat(owner.isOwned()).isTrue();
        }
        assertThat(visitor("visit")).contains("owns good day"); // nobody else is there
    }

    @Test
    void keepsWhatWasWritten() {
        try (var first = FolderDatabase.own(folder())) {
            first.setMeta("greeting", "good day");
            first.setMeta("greeting", "good night");
        }
        try (var second = FolderDatabase.own(folder())) {
            assertThat(second.meta("greeting")).contains("good night");
            assertThat(second.meta("other")).isEmpty();
            assertThat(second.folder().path()).isEqualTo(folder());
        }
    }

    @Test
    void onlyItsUserMayLookInside() throws IOException {
        try (var database = FolderDatabase.own(folder())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve("zeroops.lock"))))
                    .isEqualTo("rw-------");
            assertThat(database.url()).contains(folder().toString());
        }
    }

    @Test
    void anotherVersionIsRefusedAndNotTouched() {
        try (var database = FolderDatabase.own(folder())) {
            database.setMeta("schema_version", "999");
            database.setMeta("readable_from", "3");
        }
        for (int i = 0; i < 2; i++) { // the first refusal let go of the folder
            assertThatThrownBy(() -> FolderDatabase.own(folder()))
                    .isInstanceOf(DataFolderException.class)
                    .hasMessageContainingAll(
                            folder().toString(),
                            "schema version 999",
                            "reads version " + SchemaVersion.CURRENT,
                            "--data");
        }
    }

    @Test
    void nothingToVisitIsSaid() {
        assertThatThrownBy(() -> FolderDatabase.visit(folder()))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContainingAll("holds no journal", "--data");
        assertThat(folder()).doesNotExist();
    }

    @Test
    void aFileInItsPlaceIsSaid() throws IOException {
        Files.writeString(folder(), "not a folder");
        assertThatThrownBy(() -> FolderDatabase.own(folder()))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContainingAll("cannot be used", "--data");
    }

    @Test
    void hasEveryTable() throws SQLException {
        try (var database = FolderDatabase.own(folder());
                var connection = database.connect()) {
            for (String table : List.of(
                    "event_journal", "event_tag", "snapshot", "owing", "settings", "zeroops_meta", "view_progress")) {
                assertThat(connection
                                .getMetaData()
                                .getTables(null, null, table, null)
                                .next())
                        .as(table)
                        .isTrue();
            }
        }
    }
}
