package io.gennaker.web.execution;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Says when the launcher works: at once where an execution was written or has ended, and
 * every few seconds for what another service or an outage left.
 */
@Component
class LaunchSchedule {

	private static final Logger log = LoggerFactory.getLogger(LaunchSchedule.class);

	private final ExecutionLauncher launcher;

	private final ReentrantLock launching = new ReentrantLock();

	private final AtomicBoolean wanted = new AtomicBoolean();

	LaunchSchedule(ExecutionLauncher launcher) {
		this.launcher = launcher;
	}

	@EventListener({ ExecutionWritten.class, ExecutionEnded.class })
	void wake() {
		this.wanted.set(true);
		Thread.ofVirtual().name("launch").start(this::launchIfWanted);
	}

	@Scheduled(fixedDelay = 3_000)
	void onSchedule() {
		this.wanted.set(true);
		launchIfWanted();
	}

	private void launchIfWanted() {
		this.launching.lock();
		try {
			if (this.wanted.getAndSet(false)) {
				this.launcher.launch();
			}
		}
		catch (RuntimeException ex) {
			log.warn("Executions could not be started and will be tried again: {}", ex.toString());
		}
		finally {
			this.launching.unlock();
		}
	}

}
