package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Says how far it has come once it has taken two seconds: on a terminal in one line that changes and at last disappears;
 * elsewhere, if wanted, in a new line now and then. May be called from several threads.
 */
final class ProgressLine implements Progress, AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(200);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean isWanted;
    private final Instant start;
    private Instant next;
    private boolean isShown;

    ProgressLine(Terminal terminal, boolean isForced) {
        this.terminal = terminal;
        this.isWanted = isForced || terminal.isInteractive();
        this.start = terminal.clock().instant();
        this.next = start.plus(SILENCE);
    }

    @Override
    public synchronized void at(String what, double fraction) {
        if (!isWanted) {
            return;
        }
        Instant now = terminal.clock().instant();
        if (now.isBefore(next)) {
            return;
        }
        double done = Math.max(0, Math.min(1, fraction));
        String line = String.format(
                Locale.ROOT,
                "%3.0f %%  %s  %d s",
                100 * done,
                what,
                Duration.between(start, now).toSeconds());
        if (terminal.isInteractive()) {
            terminal.err().print(CLEAR + line);
            terminal.err().flush();
            isShown = true;
            next = now.plus(BETWEEN_CHANGES);
        } else {
            terminal.err().println(line);
            next = now.plus(BETWEEN_LINES);
        }
    }

    @Override
    public synchronized void close() {
        if (isShown) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
        }
    }
}
