package io.gennaker.web.execution;

import java.nio.charset.StandardCharsets;

import com.google.protobuf.ByteString;
import io.gennaker.pipelines.model.Pipeline;
import io.gennaker.workflows.release.ReleaseKind;
import io.gennaker.workflows.temporal.PayloadConverters;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.EncodingKeys;
import org.jspecify.annotations.Nullable;

/**
 * What an execution is where that does not follow from its revision.
 *
 * @param pipeline the graph that was made for it; null where it is the revision's
 * @param kind what it has from others
 */
public record ExecutionPlan(@Nullable Pipeline pipeline, ReleaseKind kind) {

	private static final DataConverter CONVERTER = PayloadConverters.dataConverter();

	private static final ByteString JSON = ByteString.copyFromUtf8("json/plain");

	/**
	 * As JSON text, written as Temporal carries it.
	 */
	String json() {
		return CONVERTER.toPayload(this)
			.map((payload) -> payload.getData().toStringUtf8())
			.orElseThrow(() -> new IllegalStateException("a plan has no JSON form"));
	}

	static ExecutionPlan read(String json) {
		Payload payload = Payload.newBuilder()
			.putMetadata(EncodingKeys.METADATA_ENCODING_KEY, JSON)
			.setData(ByteString.copyFrom(json, StandardCharsets.UTF_8))
			.build();
		return CONVERTER.fromPayload(payload, ExecutionPlan.class, ExecutionPlan.class);
	}

}
