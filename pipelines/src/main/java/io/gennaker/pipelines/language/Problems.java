package io.gennaker.pipelines.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.gennaker.pipelines.language.SourceText.Place;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Collects what is wrong with the pipeline file, and knows where each path of the
 * document stands in it.
 */
final class Problems {

	/** More would help nobody, and each costs a search for what was meant. */
	private static final int MOST = 1_000;

	private static final Comparator<String> PIPELINE_FIRST = Comparator
		.comparing((String file) -> !file.equals(PipelineFiles.PIPELINE))
		.thenComparing(Comparator.naturalOrder());

	private final SourceText source;

	private final Map<String, Node> keys = new HashMap<>();

	private final Map<String, Node> values = new HashMap<>();

	private final Set<Problem> found = new LinkedHashSet<>();

	Problems(SourceText source) {
		this.source = source;
	}

	/**
	 * Remembers where a path stands.
	 * @param key the node of its key, if it has one
	 */
	void locate(String path, @Nullable Node key, Node value) {
		if (key != null) {
			this.keys.put(path, key);
		}
		this.values.put(path, value);
	}

	/** Something is wrong with the value at a path. */
	void at(String path, String message) {
		add(place(this.values.get(path)), path, message);
	}

	/** Something is wrong with the key at a path, or is missing below it. */
	void atKey(String path, String message) {
		Node key = this.keys.get(path);
		add(place((key != null) ? key : this.values.get(path)), path, message);
	}

	/** Something is wrong at a node that has no path of its own. */
	void at(Node node, String path, String message) {
		add(place(node), path, message);
	}

	/** Something is wrong with another file of the pipeline. */
	void in(String file, Place place, String message) {
		add(new Problem(file, place.line(), place.column(), DocumentPath.ROOT, message));
	}

	/**
	 * Something is wrong inside the text at a path.
	 * @see SourceText#inside
	 */
	void inside(String path, int expression, int offset, String message) {
		Node node = this.values.get(path);
		add((node != null) ? this.source.inside(node, expression, offset) : Place.START, path, message);
	}

	/**
	 * Whether something was wrong at a path or below it.
	 */
	boolean any(String path) {
		return this.found.stream().anyMatch(problem -> isWithin(problem.path(), path));
	}

	/**
	 * Whether something was wrong at a path itself.
	 */
	boolean exactly(String path) {
		return this.found.stream().anyMatch(problem -> problem.path().equals(path));
	}

	/**
	 * Whether something was wrong at a path or above it, short of the document itself.
	 */
	boolean covers(String path) {
		return this.found.stream().anyMatch(problem -> !problem.path().isEmpty() && isWithin(path, problem.path()));
	}

	private static boolean isWithin(String path, String whole) {
		return path.startsWith(whole)
				&& (path.length() == whole.length() || ".[".indexOf(path.charAt(whole.length())) >= 0);
	}

	/**
	 * The paths of all texts that hold a mark.
	 */
	List<String> textsWith(String mark) {
		return this.values.entrySet()
			.stream()
			.filter(entry -> entry.getValue() instanceof ScalarNode scalar && scalar.getValue().contains(mark))
			.map(Map.Entry::getKey)
			.toList();
	}

	/** Whether there is a value at a path. */
	boolean knows(String path) {
		return this.values.containsKey(path);
	}

	boolean none() {
		return this.found.isEmpty();
	}

	/**
	 * All problems in the order of the file, then those of other files.
	 */
	List<Problem> sorted() {
		List<Problem> result = new ArrayList<>(this.found);
		result.sort(Comparator.comparing(Problem::file, PIPELINE_FIRST)
			.thenComparingInt(Problem::line)
			.thenComparingInt(Problem::column)
			.thenComparing(Problem::path)
			.thenComparing(Problem::message));
		if (result.size() >= MOST) {
			result.add(new Problem(PipelineFiles.PIPELINE, 1, 1, DocumentPath.ROOT,
					"reading stopped after " + MOST + " problems; there may be more"));
		}
		return result;
	}

	private static Place place(@Nullable Node node) {
		return (node != null) ? Place.of(node.getStartMark().orElseThrow()) : Place.START;
	}

	private void add(Place place, String path, String message) {
		add(new Problem(PipelineFiles.PIPELINE, place.line(), place.column(), path, message));
	}

	private void add(Problem problem) {
		this.found.add(problem);
		if (this.found.size() >= MOST) {
			throw new Full();
		}
	}

	/**
	 * So many problems were found that looking for more would only cost time.
	 */
	static final class Full extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Full() {
			super("too many problems", null, false, false);
		}

	}

}
