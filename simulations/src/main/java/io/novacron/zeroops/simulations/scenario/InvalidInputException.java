package io.novacron.zeroops.simulations.scenario;

/** What was asked for cannot be done as asked; the message names the value and the remedy, and is shown as it is. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
