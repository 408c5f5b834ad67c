package io.novacron.zeroops.runtime.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the table of keys says about one of them. The components of the settings records, with this, are that table:
 * reading, checking, the canonical text, {@code docs/configuration.md} and {@code conf/zeroops.yaml} all come from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {
    /** What the key is for, as one sentence. */
    String says();

    /** The default, as it would be written in YAML; unused for groups and required keys. */
    String value() default "";

    /** The least value, as written in YAML; needed for whatever can be ordered. */
    String min() default "";

    /** The greatest value, as written in YAML; needed for whatever can be ordered. */
    String max() default "";

    /** The name in the file, where it is not the component's own in snake_case. */
    String name() default "";

    /** Whether it has no default; only for keys of list items. */
    boolean required() default false;

    /**
     * Whether it says where this process runs and what it can reach, and nothing about decisions: then it is no part of what
     * the journal holds, nodes of one cluster may differ in it, and the environment may set it ({@link Reading}). Of a group: all
     * in it.
     */
    boolean local() default false;

    /** Whether anything acts on it yet. */
    boolean used() default true;
}
