package io.novacron.zeroops.simulations.live;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A real database whose connections fail at a given write, before it or once it is committed, and then for a while. */
final class BreakableDatabase {
    enum When {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private final DataSource sound;
    private Predicate<String> isLast = sql -> false;
    private When when = When.BEFORE_COMMIT;
    private int downFor;
    private int writes;

    BreakableDatabase(DataSource sound) {
        this.sound = sound;
    }

    /** Fails at the write with this number, from 0, and then refuses so many connections. */
    BreakableDatabase breaksAt(int number, When broken, int connectionsRefused) {
        return breaks(sql -> writes == number, broken, connectionsRefused);
    }

    /** Fails once, at the first write that is so. */
    BreakableDatabase breaks(Predicate<String> atWrite, When broken, int connectionsRefused) {
        isLast = sql -> {
            boolean breaks = atWrite.test(sql);
            if (breaks) {
                isLast = another -> false;
                downFor = connectionsRefused;
            }
            return breaks;
        };
        when = broken;
        return this;
    }

    /** Refuses so many connections from now on. */
    void goesDownFor(int connections) {
        downFor = connections;
    }

    /** How many writes there were. */
    int writes() {
        return writes;
    }

    DataSource dataSource() {
        return wrapped(DataSource.class, sound, (method, args) -> {
            if (method.getName().equals("getConnection") && downFor > 0) {
                downFor--;
                throw new SQLException("the database is down");
            }
            return Optional.empty();
        });
    }

    private Connection connection(Connection connection) {
        return wrapped(Connection.class, connection, (method, args) -> {
            if (!method.getName().equals("prepareStatement")) {
                return Optional.empty();
            }
            String sql = String.valueOf(args[0]);
            return Optional.of(statement(connection.prepareStatement(sql), sql));
        });
    }

    private PreparedStatement statement(PreparedStatement statement, String sql) {
        return wrapped(PreparedStatement.class, statement, (method, args) -> {
            if (!method.getName().equals("executeUpdate")) {
                return Optional.empty();
            }
            boolean breaks = isLast.test(sql);
            writes++;
            if (!breaks) {
                return Optional.of(statement.executeUpdate());
            } else if (when == When.AFTER_COMMIT) {
                statement.executeUpdate(); // commits by itself
            }
            throw new SQLException("the connection is lost");
        });
    }

    @FunctionalInterface
    private interface Instead {
        /** Empty if it is to be done as usual. */
        Optional<Object> call(Method method, Object[] args) throws SQLException;
    }

    private <T> T wrapped(Class<T> type, T sound, Instead instead) {
        InvocationHandler handler = (proxy, method, args) -> {
            Object[] given = args == null ? new Object[0] : args;
            Optional<Object> own = instead.call(method, given);
            return own.isPresent() ? own.get() : asUsual(sound, method, args);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private @Nullable Object asUsual(Object sound, Method method, Object @Nullable [] args) throws Throwable {
        try {
            Object result = method.invoke(sound, args);
            return result instanceof Connection connection ? connection(connection) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
