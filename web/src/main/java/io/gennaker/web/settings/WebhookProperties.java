package io.gennaker.web.settings;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the webhooks of stages may use.
 *
 * @param webhooks where they may go
 * @param secrets values that headers may carry, by the name that pipelines write
 */
@ConfigurationProperties("gennaker")
public record WebhookProperties(@DefaultValue Webhooks webhooks, @DefaultValue Map<String, String> secrets) {

	/**
	 * Everything under {@code gennaker.webhooks}.
	 *
	 * @param allowedHosts {@code host} or {@code host:port}; with {@code http://} before
	 * it for connections without TLS; none by default
	 */
	public record Webhooks(@DefaultValue List<String> allowedHosts) {
	}

	@Override
	public String toString() {
		return "WebhookProperties[" + this.webhooks + ", secrets " + new TreeMap<>(this.secrets).keySet() + "]";
	}

}
