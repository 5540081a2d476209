package io.gennaker.web.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.web.console.GraphDrawing.Caption;
import io.gennaker.web.console.GraphDrawing.Node;
import io.gennaker.workflows.journal.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GraphLayoutTests {

	@Test
	void boxesNeverOverlap() {
		List<List<Stage>> columns = new ArrayList<>();
		for (int column = 0; column < 6; column++) {
			List<Stage> stages = new ArrayList<>();
			for (int row = 0; row < 5; row++) {
				stages.add((column == 0) ? stage("s0-" + row)
						: stage("s" + column + "-" + row, "s" + (column - 1) + "-" + (4 - row), "s0-" + row));
			}
			columns.add(stages);
		}
		GraphDrawing drawing = GraphLayout.draw(columns, (_) -> new Caption(null, "", "", false));
		assertThat(drawing.nodes()).hasSize(30);
		for (Node one : drawing.nodes()) {
			assertThat(one.y() + one.height()).isLessThanOrEqualTo(drawing.height());
			assertThat(one.x() + one.width()).isLessThanOrEqualTo(drawing.width());
			assertThat(drawing.nodes()).filteredOn((other) -> other != one && overlap(one, other)).isEmpty();
		}
	}

	@Test
	void aLineThatPassesAColumnRunsBesideItsBoxes() {
		GraphDrawing drawing = GraphLayout.draw(
				List.of(List.of(stage("a")), List.of(stage("b", "a")), List.of(stage("c", "b", "a"))),
				(_) -> new Caption(null, "", "", false));
		Map<String, Node> nodes = drawing.nodes().stream().collect(Collectors.toMap(Node::id, (node) -> node));
		String passing = drawing.edges().getLast().path();
		int y = Integer.parseInt(passing.replaceAll(".* (\\d+)H.*", "$1"));
		Node between = nodes.get("b");
		assertThat(y < between.y() || y > between.y() + between.height()).isTrue();
	}

	@Test
	void aLineIsDoneWithItsStart() {
		GraphDrawing drawing = GraphLayout.draw(List.of(List.of(stage("a")), List.of(stage("b", "a"))),
				(_) -> new Caption(Status.SUCCEEDED, "", "", false));
		assertThat(drawing.edges()).singleElement().satisfies((edge) -> assertThat(edge.done()).isTrue());
	}

	private static boolean overlap(Node one, Node other) {
		return one.x() < other.x() + other.width() && other.x() < one.x() + one.width()
				&& one.y() < other.y() + other.height() && other.y() < one.y() + one.height();
	}

	private static Stage stage(String id, String... needs) {
		return new Stage.Wait(id, new Stage.Options(List.of(needs), null, null, OnFailure.FAIL),
				java.time.Duration.ofMinutes(1));
	}

}
