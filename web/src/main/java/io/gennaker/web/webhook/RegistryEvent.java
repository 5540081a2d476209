package io.gennaker.web.webhook;

import io.gennaker.pipelines.image.ImageName;
import org.jspecify.annotations.Nullable;

/**
 * One event of a delivery.
 */
sealed interface RegistryEvent {

	/**
	 * A tag was pushed.
	 *
	 * @param digest what it points to; null where the registry does not say
	 * @param occurrence tells pushes of the same tag apart where there is no digest;
	 * empty where there is
	 */
	record Push(ImageName image, String tag, @Nullable String digest, String occurrence) implements RegistryEvent {

		/**
		 * Tag and digest as an execution takes them.
		 */
		String reference() {
			return (this.digest != null) ? this.tag + "@" + this.digest : this.tag;
		}

	}

	/**
	 * Nothing that could start anything.
	 *
	 * @param reason why, in words
	 */
	record Other(String reason) implements RegistryEvent {
	}

}
