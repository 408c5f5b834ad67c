package io.novacron.zeroops.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How tests start the real program in a process of its own: as the launcher does, on the JVM and the class path of the tests. */
public final class ProgramCommand {
    /** From this version on the JVM warns on standard error, unless it is told not to, as the launcher does. */
    private static final int WARNS_FROM = 24;

    private ProgramCommand() {}

    /** @return a list to which the program's arguments are added */
    public static List<String> onJvm(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= WARNS_FROM) {
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it lives for seconds
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }
}
