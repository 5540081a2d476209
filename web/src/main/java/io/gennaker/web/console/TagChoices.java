package io.gennaker.web.console;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.gennaker.activities.registry.ImageRegistry;
import io.gennaker.activities.registry.ImageRegistry.Tag;

import org.springframework.stereotype.Component;

/**
 * Asks registries for tags without letting a slow one hold a page up.
 */
@Component
class TagChoices {

	private static final int LIMIT = 50;

	private static final Duration PATIENCE = Duration.ofSeconds(8);

	private final ImageRegistry registry;

	TagChoices(ImageRegistry registry) {
		this.registry = registry;
	}

	/**
	 * The newest tags of a repository, or why they cannot be told.
	 */
	Answer of(String image) {
		CompletableFuture<Answer> answer = new CompletableFuture<>();
		Thread.ofVirtual().name("tags of " + image).start(() -> ask(image, answer));
		try {
			return answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof TimeoutException) {
				return new Answer.Late(PATIENCE.toSeconds());
			}
			throw ex;
		}
	}

	private void ask(String image, CompletableFuture<Answer> answer) {
		try {
			answer.complete(new Answer.Tags(this.registry.tags(image, LIMIT)));
		}
		catch (IOException ex) {
			String message = ex.getMessage();
			answer.complete(new Answer.Refused((message != null) ? message : ex.toString()));
		}
		catch (RuntimeException ex) {
			answer.completeExceptionally(ex);
		}
	}

	/**
	 * What a registry said.
	 */
	sealed interface Answer {

		/** Newest first. */
		record Tags(List<Tag> tags) implements Answer {
		}

		/** In the registry's words. */
		record Refused(String message) implements Answer {
		}

		/** It has not answered in so many seconds. */
		record Late(long seconds) implements Answer {
		}

	}

}
