package io.gennaker.web.webhook;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * What webhooks need of Spring.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class WebhookConfiguration {

	@Bean
	WebhookLimits webhookLimits() {
		return WebhookLimits.standard();
	}

}
