package io.gennaker.pipelines.language;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.OnFailure;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Stage.Options;
import org.jspecify.annotations.Nullable;

/**
 * The types of stages. A new one is an entry here with a decoder of its own, a definition
 * in the JSON Schema, and what the compiler then asks for.
 */
enum StageType {

	BAKE("bake", new BakeDecoder()),

	DEPLOY("deploy", new DeployDecoder()),

	APPROVAL("approval", new ApprovalDecoder()),

	WAIT("wait", new WaitDecoder()),

	RESTART("restart", OperationDecoder.restart()),

	SCALE("scale", OperationDecoder.scale()),

	CHECK("check", OperationDecoder.check()),

	JOB("job", OperationDecoder.job()),

	PATCH("patch", OperationDecoder.patch()),

	DELETE("delete", OperationDecoder.delete()),

	WEBHOOK("webhook", new WebhookDecoder()),

	PIPELINE("pipeline", new ChildPipelineDecoder()),

	UNDO("undo", new UndoDecoder());

	private static final Vocabulary COMMON = Vocabulary.of("stage", "type", "needs", "when", "timeout", "on-failure");

	private final String word;

	private final StageDecoder decoder;

	StageType(String word, StageDecoder decoder) {
		this.word = word;
		this.decoder = decoder;
	}

	String word() {
		return this.word;
	}

	Vocabulary vocabulary() {
		return COMMON.with(this.word + "Stage", this.decoder.keys().toArray(String[]::new));
	}

	/**
	 * The type of a stage. The compiler leads here from a new record.
	 */
	static StageType of(Stage stage) {
		return switch (stage) {
			case Stage.Bake _ -> BAKE;
			case Stage.Deploy _ -> DEPLOY;
			case Stage.Approval _ -> APPROVAL;
			case Stage.Wait _ -> WAIT;
			case Stage.Operation doing -> of(doing.operation());
			case Stage.Webhook _ -> WEBHOOK;
			case Stage.ChildPipeline _ -> PIPELINE;
			case Stage.Undo _ -> UNDO;
		};
	}

	private static StageType of(ClusterOperation operation) {
		return switch (operation) {
			case ClusterOperation.Restart _ -> RESTART;
			case ClusterOperation.Scale _ -> SCALE;
			case ClusterOperation.Check _ -> CHECK;
			case ClusterOperation.RunJob _ -> JOB;
			case ClusterOperation.Patch _ -> PATCH;
			case ClusterOperation.Delete _ -> DELETE;
		};
	}

	static List<String> words() {
		return Arrays.stream(values()).map(StageType::word).toList();
	}

	/**
	 * Reads a stage; one whose type is unknown is read as a wait, so that what it needs
	 * and what needs it is still checked.
	 */
	static Stage read(String id, Value value) {
		@Nullable String word = Section.type(value, words());
		for (StageType type : values()) {
			if (type.word.equals(word)) {
				Section section = new Section(value, type.vocabulary());
				return type.decoder.decode(id, options(section, type.failures()), section);
			}
		}
		return new Stage.Wait(id, options(Section.open(value, COMMON), OnFailure.values()), Duration.ZERO);
	}

	/**
	 * What its failure may do: only a deploy has something to go back from.
	 */
	private OnFailure[] failures() {
		return Arrays.stream(OnFailure.values())
			.filter(one -> this == DEPLOY || !one.goesBack())
			.toArray(OnFailure[]::new);
	}

	private static Options options(Section section, OnFailure[] failures) {
		Duration timeout = section.duration("timeout");
		if (timeout != null && timeout.isZero()) {
			section.problem("timeout", "must be longer than nothing");
		}
		String word = section.word("on-failure", Words.of(failures));
		OnFailure onFailure = (word != null) ? Words.constant(OnFailure.class, word) : OnFailure.FAIL;
		return new Options(section.texts("needs"), section.text("when"), timeout, onFailure);
	}

}
