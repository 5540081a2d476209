package io.gennaker.web.bake;

import java.nio.charset.StandardCharsets;

import com.google.protobuf.ByteString;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.temporal.PayloadConverters;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.EncodingKeys;

/**
 * Requests of bakes as JSON text, written as Temporal carries them.
 */
final class BakeRequests {

	private static final DataConverter CONVERTER = PayloadConverters.dataConverter();

	private static final ByteString JSON = ByteString.copyFromUtf8("json/plain");

	private BakeRequests() {
	}

	static String json(BakeRequest request) {
		return CONVERTER.toPayload(request)
			.map((payload) -> payload.getData().toStringUtf8())
			.orElseThrow(() -> new IllegalStateException("a bake's request has no JSON form"));
	}

	static BakeRequest read(String json) {
		Payload payload = Payload.newBuilder()
			.putMetadata(EncodingKeys.METADATA_ENCODING_KEY, JSON)
			.setData(ByteString.copyFrom(json, StandardCharsets.UTF_8))
			.build();
		return CONVERTER.fromPayload(payload, BakeRequest.class, BakeRequest.class);
	}

}
