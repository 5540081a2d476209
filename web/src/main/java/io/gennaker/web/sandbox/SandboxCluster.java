package io.gennaker.web.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.gennaker.web.sandbox.apiserver.ApiServer;
import io.gennaker.web.sandbox.apiserver.Json;
import io.gennaker.web.sandbox.apiserver.ObjectKey;
import io.gennaker.web.sandbox.apiserver.ObjectStore;
import io.gennaker.web.sandbox.apiserver.Objects;
import io.gennaker.web.sandbox.apiserver.ResourceType;
import io.gennaker.web.sandbox.apiserver.ResourceTypes;
import io.gennaker.web.sandbox.apiserver.Write;
import io.gennaker.web.sandbox.controller.Controllers;
import io.gennaker.web.sandbox.controller.ImageSource;
import io.gennaker.web.sandbox.controller.Pace;

/**
 * A cluster inside this process: an API server on a loopback port, three nodes, and
 * controllers that play rollouts. What is in it survives a restart in a file.
 */
public final class SandboxCluster implements AutoCloseable {

	private static final int NODES = 3;

	private static final Duration KEEP_EVERY = Duration.ofMillis(500);

	private final String name;

	private final String token;

	private final ApiServer server;

	private final Controllers controllers;

	private final StateFile state;

	/**
	 * Starts the cluster.
	 * @param folder where its state is kept, in a file of its name; made if it is not
	 * there
	 * @param namespaces that exist from the start, beside Kubernetes' own
	 * @param images where its nodes pull from
	 * @throws UncheckedIOException if the folder cannot be written or the state not be
	 * read
	 */
	public SandboxCluster(String name, Path folder, List<String> namespaces, ImageSource images, Pace pace) {
		this.name = name;
		this.token = newToken();
		Path file = folder.resolve(name + ".json");
		Objects objects = new Objects(new ObjectStore(), new ResourceTypes());
		try {
			Files.createDirectories(folder);
			StateFile.read(file).ifPresent(objects::restore);
			furnish(objects, namespaces);
			this.server = new ApiServer(objects, (pod, container, previous) -> Controllers.log(pod, container),
					this.token);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The sandbox cluster " + name + " cannot start", ex);
		}
		this.controllers = new Controllers(objects, images, pace);
		this.state = new StateFile(file, objects.store(), KEEP_EVERY);
	}

	/** The cluster's name. */
	public String name() {
		return this.name;
	}

	/** Where its API server listens, such as {@code http://127.0.0.1:41234}. */
	public URI uri() {
		return this.server.uri();
	}

	/** How a client reaches it: nothing of this machine's own kubeconfig goes in. */
	public Config config() {
		return new ConfigBuilder(Config.empty()).withMasterUrl(uri().toString())
			.withOauthToken(this.token)
			.withNamespace("default")
			.withOnlyHttpWatches(true)
			.withHttp2Disable(true)
			.withRequestRetryBackoffLimit(0)
			.build();
	}

	/** A new client, to be closed by the caller. */
	public KubernetesClient newClient() {
		return new KubernetesClientBuilder().withConfig(config()).build();
	}

	/** A kubeconfig for {@code kubectl}, good until the cluster stops. */
	public String kubeconfig() {
		return """
				apiVersion: v1
				kind: Config
				current-context: %1$s
				contexts: [{name: %1$s, context: {cluster: %1$s, user: %1$s}}]
				clusters: [{name: %1$s, cluster: {server: "%2$s"}}]
				users: [{name: %1$s, user: {token: "%3$s"}}]
				""".formatted(this.name, uri(), this.token);
	}

	@Override
	public void close() {
		this.server.close();
		this.controllers.close();
		this.state.close();
	}

	private static void furnish(Objects objects, List<String> namespaces) {
		ResourceType type = objects.types().require("v1", "Namespace");
		for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
			create(objects, type, namespace);
		}
		namespaces.forEach((namespace) -> create(objects, type, namespace));
		for (int i = 1; i <= NODES; i++) {
			node(objects, "node-" + i);
		}
	}

	private static void node(Objects objects, String name) {
		ResourceType type = objects.types().require("v1", "Node");
		create(objects, type, name);
		objects.change(new ObjectKey(type, "", name), Write.ofStatus("kubelet"), (node) -> {
			ObjectNode status = Json.child(node, "status");
			if (!status.has("conditions")) {
				status.putArray("conditions")
					.addObject()
					.put("type", "Ready")
					.put("status", "True")
					.put("reason", "KubeletReady")
					.put("message", "kubelet is posting ready status")
					.put("lastTransitionTime", Json.now());
				status.putObject("capacity").put("cpu", "8").put("memory", "32Gi").put("pods", "110");
				status.putObject("allocatable").put("cpu", "8").put("memory", "32Gi").put("pods", "110");
				status.putObject("nodeInfo").put("kubeletVersion", "v1.34.0+gennaker-sandbox");
			}
		});
	}

	private static void create(Objects objects, ResourceType type, String name) {
		if (objects.find(new ObjectKey(type, "", name)).isEmpty()) {
			ObjectNode object = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
			object.putObject("metadata").put("name", name);
			objects.create(type, "", object, Write.by("gennaker-sandbox"));
		}
	}

	private static String newToken() {
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

}
