package io.novacron.zeroops.http.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The unit as systemd itself reads it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SystemdUnitTest {
    private static final Path CONF = Path.of("../conf/systemd");
    private static final String PROGRAM = "/opt/zeroops/zeroops";

    /** Exposure in tenths, of at most 100; that of a unit without any protection is 96. */
    private static final int EXPOSURE_MAX_TENTHS = 15;

    @TempDir
    Path directory = Path.of("");

    private Path unit = Path.of("");

    @BeforeEach
    void installHere() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "skipped: needs systemd");
        String text = Files.readString(CONF.resolve("zeroops.service"));
        assertThat(text).contains("ExecStart=" + PROGRAM + " start ");
        unit = Files.writeString(
                directory.resolve("zeroops.service"),
                text.replace(PROGRAM, Path.of("../zeroops").toRealPath().toString()));
        Path dropIns = Files.createDirectory(directory.resolve("zeroops.service.d"));
        Files.copy(CONF.resolve("cluster.conf"), dropIns.resolve("cluster.conf"));
    }

    @Test
    void theUnitAndItsDropInAreUnderstood() throws Exception {
        assertThat(analyze("verify", "--man=no", unit.toString())).isEqualTo("0\n");
    }

    @Test
    void whatIsNotUnderstoodIsSaid() throws Exception {
        Files.writeString(directory.resolve("zeroops.service.d/cluster.conf"), "[Service]\nRestart=sometimes\n");
        assertThat(analyze("verify", "--man=no", unit.toString())).contains("sometimes");
    }

    @Test
    void theProcessIsShutIn() throws Exception {
        assertThat(analyze(
                        "security",
                        "--offline=true",
                        "--no-pager",
                        "--threshold=" + EXPOSURE_MAX_TENTHS,
                        unit.toString()))
                .startsWith("0\n");
    }

    /** @return its exit code, and all it said, from the second line on */
    private String analyze(String... arguments) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        var builder = new ProcessBuilder("/usr/bin/systemd-analyze")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue() + "\n" + Files.readString(out);
    }
}
