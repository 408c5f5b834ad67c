package io.novacron.zeroops.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered as asked, by RFC 9457.
 *
 * @param type a stable name that a program can act on: {@code urn:zeroops:problem:invalid-parameter}
 * @param title of the type
 * @param status of HTTP, 400 to 599
 * @param detail of this occurrence, for people
 * @param field the input that is wrong, and only then, with its {@code value} and the {@code remedy}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable String value,
        @Nullable String remedy) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Of a value no more is repeated than this. */
    public static final int VALUE_MAX = 200;

    private static final String NAMESPACE = "urn:zeroops:problem:";

    /** @param name in kebab-case, of which the title is made */
    public static Problem of(int status, String name, String detail) {
        return new Problem(NAMESPACE + name, title(name), status, detail, null, null, null);
    }

    /** Status 400. */
    public static Problem invalid(String field, String value, String remedy) {
        String shown = value.length() > VALUE_MAX ? value.substring(0, VALUE_MAX) + "..." : value;
        String name = "invalid-parameter";
        return new Problem(
                NAMESPACE + name, title(name), 400, field + "=" + shown + ": " + remedy, field, shown, remedy);
    }

    private static String title(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('-', ' ');
    }
}
