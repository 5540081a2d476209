package io.gennaker.web.assembly;

import io.gennaker.web.settings.TemporalProperties;
import io.gennaker.web.temporal.TemporalEndpoint;
import io.gennaker.web.temporal.TemporalEndpoint.KeptBy;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A Temporal that the operator names.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.temporal.connection.target")
class OperatorTemporal {

	@Bean
	TemporalEndpoint temporalEndpoint(TemporalProperties properties) {
		return new TemporalEndpoint(String.valueOf(properties.connection().target()), properties.namespace(),
				KeptBy.OPERATOR, true);
	}

}
