package io.gennaker.web.temporal;

import io.gennaker.workflows.temporal.SearchAttributes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;

/**
 * Registers what operators search workflows by. Temporal refuses workflows that carry an
 * attribute that it does not know.
 */
final class SearchAttributeRegistration {

	private final OperatorServiceStubs operator;

	private final String namespace;

	SearchAttributeRegistration(WorkflowServiceStubs stubs, String namespace) {
		this.namespace = namespace;
		this.operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
			.setChannel(stubs.getRawChannel())
			.validateAndBuildWithDefaults());
	}

	/**
	 * Registers all of them; those that are there already are left alone.
	 * @throws StatusRuntimeException if Temporal does not allow it
	 */
	void register() {
		SearchAttributes.ALL.forEach(this::register);
	}

	private void register(SearchAttributeKey<String> key) {
		try {
			this.operator.blockingStub()
				.addSearchAttributes(AddSearchAttributesRequest.newBuilder()
					.setNamespace(this.namespace)
					.putSearchAttributes(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
					.build());
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
				throw ex;
			}
		}
	}

}
