package io.gennaker.activities.rollout;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * In which fields two trees differ. Items of lists are compared by their place.
 */
final class ChangedFields {

	private ChangedFields() {
	}

	/**
	 * The paths with the first tree's values; a null for a field that it does not have.
	 */
	static Map<String, @Nullable Object> between(@Nullable Object before, @Nullable Object after) {
		Map<String, @Nullable Object> found = new LinkedHashMap<>();
		compare("", before, after, found);
		return found;
	}

	private static void compare(String path, @Nullable Object before, @Nullable Object after,
			Map<String, @Nullable Object> found) {
		if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
			Set<Object> keys = new LinkedHashSet<>(old.keySet());
			keys.addAll(now.keySet());
			keys.forEach((key) -> compare(child(path, String.valueOf(key)), old.get(key), now.get(key), found));
		}
		else if (before instanceof List<?> old && after instanceof List<?> now) {
			for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
				compare(path + "[" + i + "]", (i < old.size()) ? old.get(i) : null,
						(i < now.size()) ? now.get(i) : null, found);
			}
		}
		else if (!Objects.equals(before, after)) {
			found.put(path, before);
		}
	}

	private static String child(String path, String key) {
		if (!key.matches("[A-Za-z0-9_-]+")) {
			return path + "['" + key + "']";
		}
		return path.isEmpty() ? key : path + "." + key;
	}

}
