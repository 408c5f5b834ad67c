package io.novacron.zeroops.agents.core;

/** How an effect ended, as far as anyone can tell. */
public sealed interface Outcome {
    /** What an effect that brought back nothing but its success ends with. */
    Outcome DONE = new Succeeded(Answer.NONE);

    /** Whether running the effect again could bring nothing new. */
    boolean isFinal();

    /** It took effect, or a question was answered: with {@code answer}. */
    @TypeName("outcome.Succeeded/1")
    record Succeeded(Answer answer) implements Outcome {
        @Override
        public boolean isFinal() {
            return true;
        }
    }

    /**
     * This run certainly took no effect. If {@code retryable}, leave the effect pending: the host's back-off runs it
     * again. If not, no run of it did or ever will.
     */
    @TypeName("outcome.Failed/1")
    record Failed(String code, boolean retryable) implements Outcome {
        @Override
        public boolean isFinal() {
            return !retryable;
        }
    }

    /** It may have taken effect, or may still. Never issue a change anew on this: ask, with a higher generation. */
    @TypeName("outcome.Unknown/1")
    record Unknown(String code) implements Outcome {
        @Override
        public boolean isFinal() {
            return false;
        }
    }
}
