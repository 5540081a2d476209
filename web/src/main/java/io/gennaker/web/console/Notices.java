package io.gennaker.web.console;

import java.util.List;

/**
 * What everybody should know about the service itself at this moment, such as that
 * Temporal does not answer. Shown above every page.
 */
public interface Notices {

	/**
	 * The notices of this moment, the gravest first. Asked for every page, so it must not
	 * wait for anything.
	 */
	List<Notice> current();

	/**
	 * A notice.
	 *
	 * @param key its text in the message bundle {@code messages/console.properties}, such
	 * as {@code notice.temporal-unreachable}
	 * @param arguments what the text's placeholders stand for
	 */
	record Notice(Gravity gravity, String key, List<String> arguments) {

		public Notice {
			arguments = List.copyOf(arguments);
		}

	}

	/**
	 * How much a notice matters.
	 */
	enum Gravity {

		/** Something does not work. */
		PROBLEM,
		/** Something works, with a catch. */
		WARNING,
		/** Good to know. */
		HINT

	}

}
