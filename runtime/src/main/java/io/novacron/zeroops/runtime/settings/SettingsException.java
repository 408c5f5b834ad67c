package io.novacron.zeroops.runtime.settings;

import java.util.List;
import java.util.stream.Collectors;

/** A file of settings that cannot be used; its message is one problem a line. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems all there are, in order of position; at least one */
    public SettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
