package io.netverdict.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The H2 database of a data directory: opening, schema, durability, closing. Thread-safe. */
final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final String NAME = "incidents";
    private static final String FILE_NAME = NAME + ".mv.db";
    private static final String MIGRATIONS = "classpath:io/netverdict/storage/migration";
    private static final int MAX_CONNECTIONS = 16;

    /** H2's failures may be their own causes. */
    private static final int MAX_CAUSES = 20;

    /**
     * {@code retry:} reopens the file when an interrupted thread has closed its channel; without
     * it, one interrupted request would close the database for all. Documents stay in their rows
     * instead of the large-object store. The cache is small since the ring owns the memory. The
     * store, not a shutdown hook, says when to close.
     *
     * <p>{@code WRITE_DELAY} stays as it is: {@link #force} makes commits last, and writing at each
     * commit besides made the file twenty times its content. {@code RETENTION_TIME} too: at 0 the
     * file stays small under load, but losing power while the disk reorders writes may damage it.
     */
    private static final String URL =
            "jdbc:h2:retry:%s;MAX_LENGTH_INPLACE_LOB=1048576;CACHE_SIZE=16384"
                    + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    /** A file this small is not worth compacting. */
    private static final long COMPACT_FROM_BYTES = 16L << 20;

    private final String url;
    private final Path file;
    private volatile Opened opened;
    private volatile boolean closed;
    private final AtomicLong commits = new AtomicLong();
    private final ReentrantLock forceLock = new ReentrantLock();

    /** How many commits are on the disk for sure; guarded by the lock above. */
    private long forcedCommits;

    private Database(String url, Path file, JdbcConnectionPool pool) {
        this.url = url;
        this.file = file;
        this.opened = new Opened(pool, 0);
    }

    /**
     * Opens or creates the database and brings its schema up to date.
     *
     * @throws StorageException when it is locked, damaged, or of a newer version
     */
    static Database open(Path directory) {
        if (directory.toString().indexOf(';') >= 0) {
            throw new StorageException(
                    "data directory " + directory + " has a ';' in its name: choose another");
        }
        String url = URL.formatted(directory.resolve(NAME));
        JdbcConnectionPool pool = pool(url);
        boolean opened = false;
        try {
            pool.getConnection().close();
            migrate(directory, pool);
            opened = true;
            return new Database(url, directory.resolve(FILE_NAME), pool);
        } catch (SQLException failure) {
            throw explain(directory, failure);
        } finally {
            if (!opened) {
                shutDown(pool, "SHUTDOWN");
            }
        }
    }

    private static void migrate(Path directory, JdbcConnectionPool pool) {
        try {
            Flyway flyway = Flyway.configure().dataSource(pool).locations(MIGRATIONS).load();
            MigrationInfo current = flyway.info().current();
            if (current != null && current.getState().name().startsWith("FUTURE")) {
                throw new StorageException(
                        "the database in "
                                + directory
                                + " has schema version "
                                + current.getVersion()
                                + ", written by a newer netverdict: use that one, or choose another"
                                + " directory");
            }
            flyway.migrate();
        } catch (FlywayException failure) {
            throw new StorageException(
                    "the database in " + directory + " cannot be brought up to date", failure);
        }
    }

    private static StorageException explain(Path directory, SQLException failure) {
        return switch (failure.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
                    DirectoryLock.inUse(directory, "another process");
            case ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.FILE_CORRUPTED_1 ->
                    new StorageException(
                            directory.resolve(FILE_NAME)
                                    + " is damaged or of another H2 version: move it away to start"
                                    + " anew, or use the version of netverdict that wrote it",
                            failure);
            default ->
                    new StorageException(
                            "cannot open "
                                    + directory.resolve(FILE_NAME)
                                    + ": "
                                    + failure.getMessage(),
                            failure);
        };
    }

    /** Asks the database something; reopens it first where a failed write has closed it. */
    <T> T query(Function<Handle, T> question) {
        Opened used = opened;
        try {
            return used.jdbi().withHandle(question::apply);
        } catch (ConnectionException failure) {
            // Nothing was asked yet, so it can be asked again.
            return reopened(used, failure).query(question);
        } catch (JdbiException failure) {
            throw failed(failure);
        } catch (IllegalStateException failure) {
            // Another thread has reopened it meanwhile and disposed of this pool.
            Opened current = opened;
            if (current == used) {
                throw failure;
            }
            return current.query(question);
        }
    }

    /** Runs one transaction that changes the database; {@link #force} makes it last. */
    void change(Consumer<Handle> work) {
        query(
                handle -> {
                    handle.useTransaction(work::accept);
                    return null;
                });
        commits.incrementAndGet();
    }

    /**
     * Makes sure that the database is open.
     *
     * @return a number that changes when it is reopened, which loses what was not forced
     */
    int generation() {
        query(handle -> handle.execute("SELECT 1"));
        return opened.generation();
    }

    /**
     * Returns when all that was committed before is on the disk. A commit alone may leave its write
     * to another thread's. Callers that come at once share one write.
     *
     * @param generation {@link #generation()} before the commit
     * @throws StorageException also where the commit was lost
     */
    void force(int generation) {
        long wanted = commits.get();
        forceLock.lock();
        try {
            Opened used = opened;
            if (used.generation() != generation) {
                throw new StorageException("the database was closed by a failed write");
            }
            if (forcedCommits < wanted) {
                long covered = commits.get();
                used.query(handle -> handle.execute("CHECKPOINT SYNC"));
                forcedCommits = covered;
            }
        } finally {
            forceLock.unlock();
        }
    }

    /** H2 closes a database that it cannot write, and opens it again for a new pool only. */
    private synchronized Opened reopened(Opened broken, ConnectionException failure) {
        if (closed || errorCode(failure) != ErrorCode.DATABASE_IS_CLOSED) {
            throw failed(failure);
        }
        if (opened == broken) {
            Opened next = new Opened(pool(url), broken.generation() + 1);
            // Also where it cannot be opened yet: the next to ask tries again.
            opened = next;
            // Before it is opened, since the old one may hold the file's lock till then.
            broken.pool().dispose();
            next.query(handle -> handle.execute("SELECT 1"));
            LOG.warn("the database was closed by a failed write and is open again");
        }
        return opened;
    }

    private static int errorCode(ConnectionException failure) {
        return failure.getCause() instanceof SQLException sql ? sql.getErrorCode() : 0;
    }

    private static StorageException failed(JdbiException failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < MAX_CAUSES; depth++) {
            root = root.getCause();
        }
        return new StorageException("the database failed: " + root.getMessage(), failure);
    }

    private static JdbcConnectionPool pool(String url) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        pool.setMaxConnections(MAX_CONNECTIONS);
        return pool;
    }

    /** The database as long as no write fails. */
    private record Opened(JdbcConnectionPool pool, Jdbi jdbi, int generation) {
        Opened(JdbcConnectionPool pool, int generation) {
            this(
                    pool,
                    Jdbi.create(pool).registerArgument(new InstantArgumentFactory()),
                    generation);
        }

        <T> T query(Function<Handle, T> question) {
            try {
                return jdbi.withHandle(question::apply);
            } catch (JdbiException failure) {
                throw failed(failure);
            }
        }
    }

    /** Size of the file on the disk. */
    long fileBytes() {
        return file.toFile().length();
    }

    /**
     * Closes the database; where most of a large file is unused, gives it back to the disk.
     *
     * @param liveBytes what the rows take
     */
    void close(long liveBytes) {
        long fileBytes = fileBytes();
        boolean compact = fileBytes > COMPACT_FROM_BYTES && fileBytes / 2 > liveBytes;
        closed = true;
        shutDown(opened.pool(), compact ? "SHUTDOWN COMPACT" : "SHUTDOWN");
    }

    private static void shutDown(JdbcConnectionPool pool, String statement) {
        try (var connection = pool.getConnection();
                var shutdown = connection.createStatement()) {
            shutdown.execute(statement);
        } catch (SQLException failure) {
            // It is closed already, or was never open: nothing is left to do.
        } finally {
            pool.dispose();
        }
    }

    /** Binds times in UTC, with all their digits, whatever the zone of this machine. */
    private static final class InstantArgumentFactory extends AbstractArgumentFactory<Instant> {
        InstantArgumentFactory() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, context) ->
                    statement.setObject(position, value.atOffset(ZoneOffset.UTC));
        }
    }
}
