package io.gennaker.web.api;

import java.time.Duration;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Tells a database that is away from a statement that is wrong.
 */
final class DatabaseAvailability {

	static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private DatabaseAvailability() {
	}

	static boolean isLost(RuntimeException exception) {
		return exception instanceof DataAccessResourceFailureException
				|| exception instanceof TransientDataAccessException
				|| exception instanceof RecoverableDataAccessException || exception instanceof TransactionException;
	}

}
