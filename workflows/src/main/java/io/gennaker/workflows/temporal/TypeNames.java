package io.gennaker.workflows.temporal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.ImageField;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.SignaturePolicy;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Trigger;

/**
 * The names that the sealed types of the pipeline model carry in payloads. They stand in
 * histories: a name that was given once is never changed. They are kept here, as mix-ins,
 * because the pipeline model knows no JSON library.
 */
final class TypeNames {

	private TypeNames() {
	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = Stage.Bake.class, name = "bake"), @Type(value = Stage.Deploy.class, name = "deploy"),
			@Type(value = Stage.Approval.class, name = "approval"), @Type(value = Stage.Wait.class, name = "wait"),
			@Type(value = Stage.Operation.class, name = "operation"),
			@Type(value = Stage.Webhook.class, name = "webhook"),
			@Type(value = Stage.ChildPipeline.class, name = "pipeline"),
			@Type(value = Stage.Undo.class, name = "undo") })
	interface StageNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = ClusterOperation.Restart.class, name = "restart"),
			@Type(value = ClusterOperation.Scale.class, name = "scale"),
			@Type(value = ClusterOperation.Check.class, name = "check"),
			@Type(value = ClusterOperation.RunJob.class, name = "job"),
			@Type(value = ClusterOperation.Patch.class, name = "patch"),
			@Type(value = ClusterOperation.Delete.class, name = "delete") })
	interface ClusterOperationNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = ClusterOperation.JobSource.File.class, name = "file"),
			@Type(value = ClusterOperation.JobSource.Container.class, name = "container") })
	interface JobSourceNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = Stage.HeaderValue.Text.class, name = "text"),
			@Type(value = Stage.HeaderValue.Secret.class, name = "secret") })
	interface HeaderValueNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = Parameter.Text.class, name = "string"),
			@Type(value = Parameter.WholeNumber.class, name = "integer"),
			@Type(value = Parameter.Flag.class, name = "boolean"),
			@Type(value = Parameter.Choice.class, name = "choice"),
			@Type(value = Parameter.Clusters.class, name = "clusters") })
	interface ParameterNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = Trigger.ImagePush.class, name = "image"),
			@Type(value = Trigger.Drift.class, name = "drift") })
	interface TriggerNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = ClusterSelector.Named.class, name = "names"),
			@Type(value = ClusterSelector.Labelled.class, name = "labels") })
	interface ClusterSelectorNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = ChartSource.Path.class, name = "path"),
			@Type(value = ChartSource.Manifests.class, name = "manifests"),
			@Type(value = ChartSource.Oci.class, name = "oci"),
			@Type(value = ChartSource.Repository.class, name = "repository"),
			@Type(value = ChartSource.Git.class, name = "git") })
	interface ChartSourceNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = ImageField.Reference.class, name = "reference"),
			@Type(value = ImageField.Parts.class, name = "parts") })
	interface ImageFieldNames {

	}

	@JsonTypeInfo(use = Id.NAME, property = "type")
	@JsonSubTypes({ @Type(value = SignaturePolicy.Key.class, name = "key"),
			@Type(value = SignaturePolicy.Identity.class, name = "identity") })
	interface SignaturePolicyNames {

	}

}
