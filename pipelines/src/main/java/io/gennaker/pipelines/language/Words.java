package io.gennaker.pipelines.language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The model's constants as the file writes them: {@code FINISH_OTHERS} is
 * {@code finish-others}.
 */
final class Words {

	private Words() {
	}

	static List<String> of(Enum<?>[] constants) {
		return Arrays.stream(constants)
			.map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	static <E extends Enum<E>> E constant(Class<E> type, String word) {
		return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
