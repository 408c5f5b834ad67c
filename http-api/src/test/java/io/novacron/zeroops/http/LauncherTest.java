package io.novacron.zeroops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code zeroops}, in front of Java homes whose {@code java} only says what it was asked. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest {
    @TempDir
    Path directory = Path.of("");

    private record Ran(int exitCode, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        Files.createDirectory(directory.resolve("lib"));
        Files.copy(Path.of("../zeroops"), directory.resolve("zeroops"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    @ParameterizedTest
    @CsvSource({"17.0.15, false", "21.0.2, false", "24, true", "25.0.3, true"})
    void aJvmThatWarnsIsToldNotTo(String version, boolean told) throws Exception {
        Ran ran = run(javaHome(version), "start", "--port", "0");
        assertThat(ran.exitCode()).isEqualTo(0);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().contains("--sun-misc-unsafe-memory-access=allow")).isEqualTo(told);
        assertThat(ran.out().contains("--enable-native-access=ALL-UNNAMED")).isEqualTo(told);
        assertThat(ran.out()).contains("-Xmx1g").endsWith("io.novacron.zeroops.http.Main start --port 0\n");
    }

    @Test
    void anInstallationRunsWithoutCompilerAndSources() throws Exception {
        assertThat(run(javaHome("17.0.15"), "--version").out())
                .contains("-cp " + directory.toRealPath() + "/lib/* io.novacron.zeroops.http.Main --version");
    }

    @Test
    void sourcesNeedACompiler() throws Exception {
        Files.delete(directory.resolve("lib"));
        Files.createFile(Files.createDirectories(directory.resolve("http-api/target"))
                .resolve("zeroops-built")); // so that it does not begin to build
        Path home = javaHome("25.0.3");
        assertThat(run(home, "--version").err()).contains("JAVA_HOME=" + home + " is no JDK 17 or later");
    }

    @Test
    void anOlderJavaIsPassedOver() throws Exception {
        Path home = javaHome("1.8.0_392");
        assertThat(run(home, "--version").err())
                .contains("JAVA_HOME=" + home + " is no Java 17 or later; looking elsewhere");
    }

    private Path javaHome(String version) throws IOException {
        Path home = Files.createDirectory(directory.resolve("java-" + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private Ran run(Path javaHome, String... arguments) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        var builder = new ProcessBuilder(directory.resolve("zeroops").toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("ZEROOPS_JAVA_OPTS", "-Xmx1g");
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
