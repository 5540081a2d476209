package io.gennaker.web.embedded;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

import io.gennaker.web.settings.GennakerProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Starts the embedded parts as soon as the settings are known, each on a thread of its
 * own, so that they come up while Spring still puts the service together. The beans of
 * {@link EmbeddedConfiguration} wait for them.
 */
public final class HeadStart implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(HeadStart.class);

	private final String folder;

	private @Nullable Home home;

	private final @Nullable Part<EmbeddedDatabase> database;

	private final @Nullable Part<EmbeddedTemporal> temporal;

	HeadStart(Environment settings) {
		this.folder = settings.getProperty("gennaker.home", GennakerProperties.HOME);
		this.database = EmbeddedConfiguration.bringsDatabase(settings)
				? start("embedded-database", EmbeddedDatabase::start) : null;
		this.temporal = EmbeddedConfiguration.bringsTemporal(settings)
				? start("embedded-temporal", EmbeddedTemporal::start) : null;
	}

	/**
	 * Begins before there is any bean: to be given to the application as an initializer.
	 */
	public static void begin(ConfigurableApplicationContext context) {
		HeadStart start = new HeadStart(context.getEnvironment());
		DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
		beans.registerSingleton("headStart", start);
		beans.registerDisposableBean("headStart", start::close);
	}

	private <T extends AutoCloseable> Part<T> start(String name, Function<Home, T> start) {
		Home taken = home();
		return new Part<>(name, () -> start.apply(taken));
	}

	/**
	 * The folder that the parts use, taken when it is first asked for.
	 * @throws RuntimeException if it cannot be taken, as {@link Home#open} does
	 */
	Home home() {
		Home taken = this.home;
		if (taken == null) {
			taken = Home.open(this.folder);
			this.home = taken;
		}
		return taken;
	}

	/**
	 * Hands the database over, once it runs; the caller closes it.
	 * @throws RuntimeException if it does not start, as {@link EmbeddedDatabase#start}
	 * does
	 */
	EmbeddedDatabase database() {
		if (this.database == null) {
			throw new IllegalStateException("A database is named by property: none was started");
		}
		return this.database.take();
	}

	/**
	 * Hands Temporal over, once it runs; the caller closes it.
	 * @throws RuntimeException if it does not start, as {@link EmbeddedTemporal#start}
	 * does
	 */
	EmbeddedTemporal temporal() {
		if (this.temporal == null) {
			throw new IllegalStateException("A Temporal is named by property: none was started");
		}
		return this.temporal.take();
	}

	/** Stops what nobody took, where the service's own start was cut short. */
	@Override
	public void close() {
		if (this.temporal != null) {
			this.temporal.closeIfLeft();
		}
		if (this.database != null) {
			this.database.closeIfLeft();
		}
		if (this.home != null) {
			this.home.close();
		}
	}

	/**
	 * What starts on a thread of its own.
	 */
	private static final class Part<T extends AutoCloseable> {

		private final FutureTask<T> start;

		private boolean taken;

		Part(String name, Callable<T> start) {
			this.start = new FutureTask<>(start);
			Thread.ofPlatform().name(name).daemon().start(this.start);
		}

		T take() {
			this.taken = true;
			try {
				return this.start.get();
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof RuntimeException failure) {
					throw failure;
				}
				throw new IllegalStateException(ex.getCause());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted while an embedded part was starting", ex);
			}
		}

		void closeIfLeft() {
			if (this.taken) {
				return;
			}
			try {
				take().close();
			}
			catch (Exception ex) {
				logger.warn("An embedded part did not start or did not stop: {}", ex.toString());
			}
		}

	}

}
