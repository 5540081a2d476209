package io.gennaker.web.embedded;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of an earlier run, which was killed before it could stop it.
 */
record LeftOverProcess(ProcessHandle process) {

	private static final Logger logger = LoggerFactory.getLogger(LeftOverProcess.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/**
	 * Asks it to stop, and kills it if it does not.
	 * @throws IllegalStateException if it is still there after that
	 */
	void stop(String what) {
		logger.info("Stopping the {} that an earlier run left behind (process {})", what, this.process.pid());
		this.process.destroy();
		if (!isGone()) {
			this.process.destroyForcibly();
			if (!isGone()) {
				throw new IllegalStateException("The " + what + " of an earlier run does not stop: kill process "
						+ this.process.pid() + " and start again");
			}
		}
	}

	private boolean isGone() {
		try {
			this.process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException | ExecutionException ex) {
			return !this.process.isAlive();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return !this.process.isAlive();
		}
	}

}
