package io.gennaker.web.rebake;

import java.util.UUID;

import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.UnavailableException;

/**
 * Makes bakes again, to see whether the same comes of it.
 */
@FunctionalInterface
public interface RepeatedBakes {

	/**
	 * Makes a stage's bake again and compares.
	 * @throws NotFoundException if the stage has no bake
	 * @throws ConflictException if what it was made of is not known or not to be had any
	 * more
	 * @throws UnavailableException if the host of a chart does not answer
	 */
	Comparison compare(UUID execution, String stage);

}
