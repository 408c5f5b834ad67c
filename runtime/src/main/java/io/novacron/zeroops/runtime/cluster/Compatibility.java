package io.novacron.zeroops.runtime.cluster;

import akka.cluster.ConfigValidation;
import akka.cluster.Invalid;
import akka.cluster.JoinConfigCompatChecker;
import akka.cluster.Valid$;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Which nodes may join: those of the same cluster, whose messages and journal this build understands. */
public final class Compatibility extends JoinConfigCompatChecker {
    static final String NAME = "zeroops.cluster.name";
    static final String PROTOCOL = "zeroops.cluster.protocol";
    static final String PROTOCOL_MIN = "zeroops.cluster.protocol-min";

    @Override
    public Seq<String> requiredKeys() {
        return CollectionConverters.asScala(List.of(NAME, PROTOCOL, PROTOCOL_MIN))
                .toSeq();
    }

    /** Asked on both sides, with the other's part of its configuration. */
    @Override
    public ConfigValidation check(Config other, Config own) {
        List<String> problems = new ArrayList<>();
        if (!other.getString(NAME).equals(own.getString(NAME))) {
            problems.add("cluster.name is '" + other.getString(NAME) + "' there and '" + own.getString(NAME)
                    + "' here: set the same, or other contact_points");
        }
        if (other.getInt(PROTOCOL) < own.getInt(PROTOCOL_MIN) || own.getInt(PROTOCOL) < other.getInt(PROTOCOL_MIN)) {
            problems.add("protocol " + other.getInt(PROTOCOL) + " there and " + own.getInt(PROTOCOL)
                    + " here do not understand each other: upgrade by one release at a time");
        }
        return problems.isEmpty()
                ? Valid$.MODULE$
                : new Invalid(CollectionConverters.asScala(problems).toSeq());
    }
}
