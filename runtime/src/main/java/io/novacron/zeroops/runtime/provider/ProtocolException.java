package io.novacron.zeroops.runtime.provider;

/** A message of the protocol that cannot be understood: which field, with what value, and what belongs there. */
public final class ProtocolException extends Exception {
    /** Of a value no more is repeated than this. */
    private static final int VALUE_MAX = 200;

    private static final long serialVersionUID = 1;

    private final String field;
    private final String value;
    private final String remedy;

    ProtocolException(String field, String value, String remedy) {
        super(field + "=" + shortened(value) + ": " + remedy);
        this.field = field;
        this.value = shortened(value);
        this.remedy = remedy;
    }

    private static String shortened(String value) {
        return value.length() > VALUE_MAX ? value.substring(0, VALUE_MAX) + "..." : value;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String remedy() {
        return remedy;
    }
}
