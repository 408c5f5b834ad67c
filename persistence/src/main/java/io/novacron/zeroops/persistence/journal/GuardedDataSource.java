package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Gives no connection while the disk is full, for who writes beside the journal. */
final class GuardedDataSource implements DataSource {
    private final FolderDatabase database;
    private final DataSource inner;

    GuardedDataSource(FolderDatabase database, DataSource inner) {
        this.database = database;
        this.inner = inner;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            database.requireRoom();
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
        return inner.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection(); // there is one user
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return inner.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        inner.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        inner.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return inner.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.h2");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return inner.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return inner.isWrapperFor(type);
    }
}
