package io.gennaker.activities.rollout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.gennaker.activities.rollout.manifest.Manifest;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Differences between objects for people: unified, as YAML, without secrets, bounded in
 * one object and over all objects of a preview.
 */
final class ObjectDiffs {

	private static final int CONTEXT = 3;

	private static final int MAX_OBJECT = 64 * 1024;

	private static final int MAX_ALL = 1024 * 1024;

	private static final String CHANGED = SecretMask.MASK + " (changed)";

	private final SecretMask mask;

	private int left = MAX_ALL;

	ObjectDiffs(SecretMask mask) {
		this.mask = mask;
	}

	String mask(String text) {
		return this.mask.mask(text);
	}

	/**
	 * The difference of two states of an object.
	 * @param before null where it is not there yet
	 */
	Diff between(@Nullable Manifest before, Manifest after) {
		List<String> old = (before != null) ? yaml(hidden(before, null)) : List.of();
		List<String> now = yaml(hidden(after, before));
		String name = after.title();
		List<String> lines = UnifiedDiffUtils.generateUnifiedDiff((before != null) ? name : "/dev/null", name, old,
				DiffUtils.diff(old, now), CONTEXT);
		return bounded(String.join("\n", lines));
	}

	/**
	 * The difference of an object that is there no longer.
	 */
	Diff gone(Manifest before) {
		List<String> old = yaml(hidden(before, null));
		return bounded(String.join("\n", UnifiedDiffUtils.generateUnifiedDiff(before.title(), "/dev/null", old,
				DiffUtils.diff(old, List.of()), CONTEXT)));
	}

	private Diff bounded(String text) {
		int room = Math.min(MAX_OBJECT, this.left);
		if (text.length() <= room) {
			this.left -= text.length();
			return new Diff(text, false);
		}
		int end = Math.max(0, text.lastIndexOf('\n', room));
		this.left -= end;
		return new Diff(text.substring(0, end), true);
	}

	private List<String> yaml(Manifest object) {
		DumpSettings settings = DumpSettings.builder()
			.setDefaultFlowStyle(FlowStyle.BLOCK)
			.setWidth(Integer.MAX_VALUE)
			.setUseUnicodeEncoding(true)
			.setIndicatorIndent(0)
			.build();
		return this.mask.mask(new Dump(settings).dumpToString(object.content())).lines().toList();
	}

	private static Manifest hidden(Manifest object, @Nullable Manifest before) {
		if (!object.kind().equals("Secret")) {
			return object;
		}
		Manifest hidden = object;
		for (String field : List.of("data", "stringData")) {
			if (object.at(field) instanceof Map<?, ?> values) {
				Map<String, Object> masked = new LinkedHashMap<>();
				values.forEach((key, value) -> {
					String name = String.valueOf(key);
					Object old = (before != null) ? before.at(field, name) : null;
					masked.put(name, (old == null || old.equals(value)) ? SecretMask.MASK : CHANGED);
				});
				hidden = hidden.with(masked, field);
			}
		}
		return hidden;
	}

	/**
	 * A difference.
	 *
	 * @param text in unified format
	 * @param shortened whether more was left out
	 */
	record Diff(String text, boolean shortened) {
	}

}
