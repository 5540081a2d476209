package io.gennaker.workflows.lock;

import org.jspecify.annotations.Nullable;

/**
 * What a claim came to.
 *
 * @param token the fencing token: the claim's own where it holds the place, else that of
 * the holder; every holder of a place has a higher one than those before it
 * @param waits what the claim waits for, in words for people; null where it holds the
 * place
 */
public record LockAnswer(long token, @Nullable String waits) {

	/**
	 * Whether the place is the claim's.
	 */
	public boolean held() {
		return this.waits == null;
	}

}
