package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.gennaker.pipelines.language.StageWords;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.console.GraphDrawing.Caption;
import io.gennaker.web.console.GraphDrawing.Edge;
import io.gennaker.web.console.GraphDrawing.Node;
import io.gennaker.workflows.journal.Status;

/**
 * Places a stage graph in layers from left to right, after Sugiyama, Tagawa and Toda
 * (1981): lines that pass a layer get a slot of their own there, so that no line runs
 * through a box, and each layer is sorted by where its neighbours stand.
 */
final class GraphLayout {

	private static final int WIDTH = 190;

	private static final int HEIGHT = 50;

	private static final int LANE = 14;

	private static final int ACROSS = 56;

	private static final int DOWN = 18;

	private static final int MARGIN = 8;

	private static final int LABEL = 16;

	private static final int NOTE = 24;

	private final List<List<Slot>> layers = new ArrayList<>();

	private final Map<String, Slot> byStage = new HashMap<>();

	private final List<List<Slot>> lines = new ArrayList<>();

	private GraphLayout(List<List<Stage>> columns) {
		for (int layer = 0; layer < columns.size(); layer++) {
			List<Slot> slots = new ArrayList<>();
			for (Stage stage : columns.get(layer)) {
				Slot slot = new Slot(layer, HEIGHT);
				this.byStage.put(stage.id(), slot);
				slots.add(slot);
			}
			this.layers.add(slots);
		}
		columns.forEach((column) -> column.forEach(this::connect));
	}

	/**
	 * Draws.
	 * @param columns the stages in columns, each right of all that it needs
	 * @param captions what to say about a stage
	 */
	static GraphDrawing draw(List<List<Stage>> columns, Function<Stage, Caption> captions) {
		GraphLayout layout = new GraphLayout(columns);
		layout.sort();
		int height = layout.place();
		int width = 2 * MARGIN + columns.size() * WIDTH + Math.max(0, columns.size() - 1) * ACROSS;
		Map<String, Status> states = new HashMap<>();
		List<Node> nodes = new ArrayList<>();
		for (Stage stage : columns.stream().flatMap(List::stream).toList()) {
			Caption caption = captions.apply(stage);
			if (caption.status() != null) {
				states.put(stage.id(), caption.status());
			}
			nodes.add(layout.node(stage, caption));
		}
		return new GraphDrawing(width, height, nodes, layout.edges(columns, states));
	}

	/**
	 * The name of a stage's type in the pipeline file.
	 */
	static String type(Stage stage) {
		return StageWords.of(stage);
	}

	private void connect(Stage stage) {
		Slot end = slot(stage.id());
		for (String need : stage.options().needs()) {
			List<Slot> line = new ArrayList<>();
			line.add(slot(need));
			for (int layer = slot(need).layer + 1; layer < end.layer; layer++) {
				Slot passing = new Slot(layer, LANE);
				this.layers.get(layer).add(passing);
				line.add(passing);
			}
			line.add(end);
			for (int i = 1; i < line.size(); i++) {
				line.get(i).left.add(line.get(i - 1));
				line.get(i - 1).right.add(line.get(i));
			}
			this.lines.add(line);
		}
	}

	private Slot slot(String stage) {
		Slot slot = this.byStage.get(stage);
		if (slot == null) {
			throw new IllegalArgumentException("stage " + stage + " is needed but stands in no column");
		}
		return slot;
	}

	private void sort() {
		number();
		for (int sweep = 0; sweep < 4; sweep++) {
			boolean forward = sweep % 2 == 0;
			List<List<Slot>> order = forward ? this.layers : this.layers.reversed();
			for (List<Slot> layer : order) {
				layer.forEach((slot) -> slot.weight = slot.mean(forward ? slot.left : slot.right));
				layer.sort(Comparator.comparingDouble((Slot slot) -> slot.weight));
				number(layer);
			}
		}
	}

	private void number() {
		this.layers.forEach(GraphLayout::number);
	}

	private static void number(List<Slot> layer) {
		for (int i = 0; i < layer.size(); i++) {
			layer.get(i).rank = i - (layer.size() - 1) / 2.0;
		}
	}

	private int place() {
		int tallest = this.layers.stream().mapToInt(GraphLayout::tall).max().orElse(0);
		for (List<Slot> layer : this.layers) {
			int y = MARGIN + (tallest - tall(layer)) / 2;
			for (Slot slot : layer) {
				slot.y = y;
				y += slot.height + DOWN;
			}
		}
		return tallest + 2 * MARGIN;
	}

	private static int tall(List<Slot> layer) {
		return layer.stream().mapToInt((slot) -> slot.height).sum() + Math.max(0, layer.size() - 1) * DOWN;
	}

	private Node node(Stage stage, Caption caption) {
		Slot slot = slot(stage.id());
		return new Node(stage.id(), Words.shorten(stage.id(), LABEL), type(stage), caption.status(),
				Words.shorten(caption.note(), NOTE), caption.href(), caption.current(), slot.x(), slot.y, WIDTH,
				HEIGHT);
	}

	private List<Edge> edges(List<List<Stage>> columns, Map<String, Status> states) {
		List<Edge> edges = new ArrayList<>();
		int line = 0;
		for (Stage stage : columns.stream().flatMap(List::stream).toList()) {
			for (String need : stage.options().needs()) {
				edges.add(new Edge(path(this.lines.get(line++)), states.get(need) == Status.SUCCEEDED));
			}
		}
		return edges;
	}

	private static String path(List<Slot> line) {
		StringBuilder path = new StringBuilder();
		path.append("M").append(line.getFirst().x() + WIDTH).append(' ').append(line.getFirst().middle());
		for (int i = 1; i < line.size(); i++) {
			Slot from = line.get(i - 1);
			Slot to = line.get(i);
			int bend = to.x() - ACROSS / 2;
			path.append("C%d %d %d %d %d %d".formatted(bend, from.middle(), bend, to.middle(), to.x(), to.middle()));
			if (i < line.size() - 1) {
				path.append("H").append(to.x() + WIDTH);
			}
		}
		return path.toString();
	}

	private static final class Slot {

		private final int layer;

		private final int height;

		private final List<Slot> left = new ArrayList<>();

		private final List<Slot> right = new ArrayList<>();

		private double rank;

		private double weight;

		private int y;

		private Slot(int layer, int height) {
			this.layer = layer;
			this.height = height;
		}

		private double mean(List<Slot> neighbours) {
			return neighbours.stream().mapToDouble((slot) -> slot.rank).average().orElse(this.rank);
		}

		private int x() {
			return MARGIN + this.layer * (WIDTH + ACROSS);
		}

		private int middle() {
			return this.y + this.height / 2;
		}

	}

}
