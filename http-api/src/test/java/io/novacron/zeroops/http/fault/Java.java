package io.novacron.zeroops.http.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with the class path of this one. */
final class Java {
    private Java() {}

    /** @param options of the JVM */
    static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
        return command(System.getProperty("java.class.path"), options, main, arguments);
    }

    /** The same with another class path. */
    static List<String> command(String classPath, List<String> options, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC"); // many JVMs on few cores
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        return command;
    }
}
