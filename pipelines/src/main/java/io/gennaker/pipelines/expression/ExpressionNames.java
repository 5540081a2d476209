package io.gennaker.pipelines.expression;

import java.util.List;

import io.gennaker.pipelines.model.Stage;

/**
 * The names that expressions may use, beyond those that a pipeline gives itself.
 */
public final class ExpressionNames {

	/** All that expressions begin with. */
	static final List<String> ROOTS = List.of("parameters", "artifacts", "trigger", "execution", "stages", "cluster");

	/** What is known of a bound artifact. */
	public static final List<String> ARTIFACT = List.of("image", "tag", "digest");

	/**
	 * What is known of the start; what a kind of start does not tell is empty text.
	 */
	public static final List<String> TRIGGER = List.of("type", "user", "repository", "tag", "digest");

	/** What is known of the execution. */
	public static final List<String> EXECUTION = List.of("id", "number", "pipeline", "user");

	/** What is known of a cluster. */
	static final List<String> CLUSTER = List.of("name", "region", "labels");

	/**
	 * What conditions may be about, besides all else: the live object of a check, the
	 * answer to a webhook.
	 */
	public static final List<String> SUBJECTS = List.of("object", "response");

	private ExpressionNames() {
	}

	/**
	 * What a stage leaves for the expressions of later ones.
	 */
	public static List<String> outputs(Stage stage) {
		return switch (stage) {
			case Stage.Bake _ -> List.of("digest");
			case Stage.Webhook _ -> List.of("status");
			case Stage.ChildPipeline _ -> List.of("execution", "number");
			case Stage.Deploy _, Stage.Approval _, Stage.Wait _, Stage.Operation _, Stage.Undo _ -> List.of();
		};
	}

}
