package io.gennaker.pipelines.language;

import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.ClusterOperation.JobSource;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.spelling.Suggestion;

/**
 * Checks what the stages name that do something besides releasing: their target, the
 * artifact whose image a job runs, the other pipeline.
 */
final class OperationCheck {

	private OperationCheck() {
	}

	static void check(Draft draft) {
		draft.forEach(Stage.Undo.class, (path, undo) -> DeployCheck.target(draft, path, undo.target()));
		draft.forEach(Stage.ChildPipeline.class, (path, child) -> {
			if (child.pipeline().equals(draft.pipeline().name())) {
				draft.problems()
					.at(path + ".pipeline", "a pipeline cannot be a stage of itself: its executions would never end");
			}
		});
		draft.forEach(Stage.Operation.class, (path, stage) -> {
			DeployCheck.target(draft, path, stage.target());
			if (stage.operation() instanceof ClusterOperation.RunJob job
					&& job.source() instanceof JobSource.Container container && container.artifact() != null) {
				checkArtifact(draft, path + ".artifact", container.artifact());
			}
		});
	}

	private static void checkArtifact(Draft draft, String path, String artifact) {
		if (!artifact.isBlank() && !draft.pipeline().artifacts().containsKey(artifact)) {
			draft.problems()
				.at(path, "there is no artifact " + DocumentPath.quoted(artifact)
						+ Suggestion.hint(artifact, draft.pipeline().artifacts().keySet(), "artifacts"));
		}
	}

}
