package io.gennaker.workflows.temporal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.gennaker.pipelines.model.ChartSource;
import io.gennaker.pipelines.model.ClusterOperation;
import io.gennaker.pipelines.model.ClusterSelector;
import io.gennaker.pipelines.model.ImageField;
import io.gennaker.pipelines.model.Parameter;
import io.gennaker.pipelines.model.SignaturePolicy;
import io.gennaker.pipelines.model.Stage;
import io.gennaker.pipelines.model.Trigger;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/**
 * How records become Temporal payloads: JSON in which every sealed type of the pipeline
 * model carries an explicit {@code type}, named as in the pipeline file.
 * <p>
 * Whole numbers of a {@code Map<String, Object>} come back as {@code Long}. Times and
 * durations are ISO 8601 texts. Unknown properties are ignored, so that older code reads
 * what newer code wrote. Maps keep their order.
 */
public final class PayloadConverters {

	private PayloadConverters() {
	}

	/**
	 * The converter that clients and workers must share.
	 */
	public static DataConverter dataConverter() {
		return DefaultDataConverter.newDefaultInstance()
			.withPayloadConverterOverrides(new JacksonJsonPayloadConverter(mapper()));
	}

	static ObjectMapper mapper() {
		return JsonMapper.builder()
			.addModule(new JavaTimeModule())
			.addMixIn(Stage.class, TypeNames.StageNames.class)
			.addMixIn(Stage.HeaderValue.class, TypeNames.HeaderValueNames.class)
			.addMixIn(ClusterOperation.class, TypeNames.ClusterOperationNames.class)
			.addMixIn(ClusterOperation.JobSource.class, TypeNames.JobSourceNames.class)
			.addMixIn(Parameter.class, TypeNames.ParameterNames.class)
			.addMixIn(Trigger.class, TypeNames.TriggerNames.class)
			.addMixIn(ClusterSelector.class, TypeNames.ClusterSelectorNames.class)
			.addMixIn(ChartSource.class, TypeNames.ChartSourceNames.class)
			.addMixIn(ImageField.class, TypeNames.ImageFieldNames.class)
			.addMixIn(SignaturePolicy.class, TypeNames.SignaturePolicyNames.class)
			.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
			.enable(DeserializationFeature.USE_LONG_FOR_INTS)
			.build();
	}

}
