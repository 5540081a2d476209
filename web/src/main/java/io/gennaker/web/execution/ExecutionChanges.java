package io.gennaker.web.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells within the service that an execution has changed, as soon as that is committed,
 * by whichever process. One connection listens for all. After a lost connection everybody
 * is woken, for nobody knows what was missed: whoever is woken reads what is there.
 */
@Component
public class ExecutionChanges implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ExecutionChanges.class);

	/** Notifications come at once; this is how soon a stop is noticed. */
	private static final int LISTEN_MILLIS = 1_000;

	private static final int RETRY_MILLIS = 1_000;

	private static final Duration STOP = Duration.ofMillis(3L * LISTEN_MILLIS);

	private final DataSource database;

	private final Map<UUID, Set<Subscription>> subscriptions = new ConcurrentHashMap<>();

	private final Set<Consumer<UUID>> onAny = ConcurrentHashMap.newKeySet();

	private volatile boolean running;

	private volatile boolean listening;

	private @Nullable Thread thread;

	ExecutionChanges(DataSource database) {
		this.database = database;
	}

	/**
	 * Asks to be woken whenever an execution may have changed.
	 * @param wake quick and without failure; may be called more often than necessary
	 * @return to be closed when nobody listens any more
	 */
	public Subscription subscribe(UUID executionId, Runnable wake) {
		Subscription subscription = new Subscription(executionId, wake);
		this.subscriptions.compute(executionId, (_, known) -> {
			Set<Subscription> all = (known != null) ? known : ConcurrentHashMap.newKeySet();
			all.add(subscription);
			return all;
		});
		return subscription;
	}

	/**
	 * Asks to be told of every execution that has changed, for as long as the service
	 * runs. Changes during a lost connection are not told one by one.
	 */
	public void subscribe(Consumer<UUID> changed) {
		this.onAny.add(changed);
	}

	/**
	 * Whether changes are heard of at this moment.
	 */
	public boolean listening() {
		return this.listening;
	}

	@Override
	public synchronized void start() {
		this.running = true;
		this.thread = Thread.ofVirtual().name("execution-changes").start(this::listenForEver);
	}

	private void listenForEver() {
		while (this.running) {
			try {
				listen();
			}
			catch (SQLException ex) {
				if (this.running) {
					log.warn("Changes of executions cannot be heard of; trying again: {}", ex.getMessage());
				}
			}
			this.listening = false;
			pause();
		}
	}

	private void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(this.running ? RETRY_MILLIS : 0);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void listen() throws SQLException {
		try (Connection connection = this.database.getConnection()) {
			connection.setAutoCommit(true);
			try (Statement statement = connection.createStatement()) {
				statement.execute("listen gennaker_execution");
			}
			this.listening = true;
			wakeAll();
			try {
				hear(connection.unwrap(PGConnection.class));
			}
			finally {
				unlisten(connection);
			}
		}
	}

	private void hear(PGConnection connection) throws SQLException {
		while (this.running) {
			PGNotification[] notifications = connection.getNotifications(LISTEN_MILLIS);
			if (notifications != null) {
				for (PGNotification notification : notifications) {
					wake(UUID.fromString(notification.getParameter()));
				}
			}
		}
	}

	/**
	 * The connection goes back to a pool, whose next user must not receive what was asked
	 * for here.
	 */
	private static void unlisten(Connection connection) throws SQLException {
		if (!connection.isClosed()) {
			try (Statement statement = connection.createStatement()) {
				statement.execute("unlisten *");
			}
		}
	}

	private void wake(UUID executionId) {
		this.subscriptions.getOrDefault(executionId, Set.of()).forEach((one) -> one.wake.run());
		this.onAny.forEach((one) -> one.accept(executionId));
	}

	private void wakeAll() {
		this.subscriptions.values().forEach((all) -> all.forEach((one) -> one.wake.run()));
	}

	@Override
	public synchronized void stop() {
		this.running = false;
		Thread hearing = this.thread;
		this.thread = null;
		try {
			// Not interrupted at once: that would break the pool's connection.
			if (hearing != null && !hearing.join(STOP)) {
				hearing.interrupt();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Somebody who waits for changes of one execution.
	 */
	public final class Subscription implements AutoCloseable {

		private final UUID executionId;

		private final Runnable wake;

		private Subscription(UUID executionId, Runnable wake) {
			this.executionId = executionId;
			this.wake = wake;
		}

		@Override
		public void close() {
			ExecutionChanges.this.subscriptions.computeIfPresent(this.executionId, (_, all) -> {
				all.remove(this);
				return all.isEmpty() ? null : all;
			});
		}

	}

}
