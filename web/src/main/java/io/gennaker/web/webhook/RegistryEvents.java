package io.gennaker.web.webhook;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

import io.gennaker.pipelines.image.ImageName;
import io.gennaker.web.webhook.RegistryEvent.Other;
import io.gennaker.web.webhook.RegistryEvent.Push;
import tools.jackson.databind.JsonNode;

/**
 * Reads the events of a payload. Only what has the form that the registries' standards
 * give it is ever repeated in a verdict.
 */
final class RegistryEvents {

	/** OCI distribution specification 1.1, "Pulling manifests". */
	private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

	/** OCI distribution specification 1.1, "Pulling manifests". */
	private static final Pattern REPOSITORY = Pattern.compile(
			"(?=.{1,255}$)[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*" + "(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

	private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");

	private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");

	private static final Pattern ACTION = Pattern.compile("[a-z_-]{1,32}");

	private RegistryEvents() {
	}

	static List<RegistryEvent> read(Receiver receiver, JsonNode payload) {
		return switch (receiver) {
			case Receiver.Distribution _ -> distribution(payload);
			case Receiver.DockerHub _ -> List.of(dockerHub(payload));
		};
	}

	/**
	 * Specified at https://distribution.github.io/distribution/about/notifications/.
	 */
	private static List<RegistryEvent> distribution(JsonNode payload) {
		JsonNode events = payload.path("events");
		if (!events.isArray()) {
			return List.of(new Other(
					"the payload is no notification of a distribution registry: " + "it has no list \"events\""));
		}
		return events.values().stream().map(RegistryEvents::distributionEvent).toList();
	}

	private static RegistryEvent distributionEvent(JsonNode event) {
		String action = event.path("action").asString("");
		if (!action.equals("push")) {
			return new Other(ACTION.matcher(action).matches() ? "action \"" + action + "\" starts nothing"
					: "an event names no action");
		}
		JsonNode target = event.path("target");
		String tag = target.path("tag").asString("");
		if (tag.isEmpty()) {
			return new Other("a push without a tag, as of a layer or of one platform's manifest, starts nothing");
		}
		String repository = target.path("repository").asString("");
		String digest = target.path("digest").asString("");
		String host = host(event);
		if (!REPOSITORY.matcher(repository).matches() || !TAG.matcher(tag).matches()) {
			return new Other("a push names no valid repository and tag");
		}
		if (!DIGEST.matcher(digest).matches()) {
			return new Other("the push of " + repository + ":" + tag + " names no valid digest");
		}
		if (!HOST.matcher(host).matches()) {
			return new Other("the push of " + repository + ":" + tag
					+ " names no registry host, neither in request.host nor in target.url");
		}
		return new Push(new ImageName(host, repository), tag, digest, "");
	}

	private static String host(JsonNode event) {
		String host = event.path("request").path("host").asString("");
		if (!host.isEmpty()) {
			return host;
		}
		try {
			String authority = URI.create(event.path("target").path("url").asString("")).getAuthority();
			return (authority != null) ? authority : "";
		}
		catch (IllegalArgumentException exception) {
			return "";
		}
	}

	/**
	 * Specified at https://docs.docker.com/docker-hub/repos/manage/webhooks/.
	 */
	private static RegistryEvent dockerHub(JsonNode payload) {
		String repository = payload.path("repository").path("repo_name").asString("");
		JsonNode push = payload.path("push_data");
		String tag = push.path("tag").asString("");
		if (!REPOSITORY.matcher(repository).matches() || !TAG.matcher(tag).matches()) {
			return new Other("the payload is no webhook of Docker Hub: "
					+ "repository.repo_name and push_data.tag are not both there and valid");
		}
		JsonNode pushedAt = push.path("pushed_at");
		return new Push(ImageName.ofDockerHub(repository), tag, null,
				pushedAt.isIntegralNumber() ? pushedAt.asString() : "");
	}

}
