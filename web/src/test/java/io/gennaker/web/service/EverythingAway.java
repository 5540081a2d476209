package io.gennaker.web.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.gennaker.web.database.TestDatabase;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Points a service at a database of its own and, for everything else, at places where
 * nobody is.
 */
public final class EverythingAway implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** The cluster whose kubeconfig does not exist. */
	public static final String WITHOUT_KUBECONFIG = "shanghai-1";

	/** The cheapest that there is: these tests are not about guessing passwords. */
	private static final int COST = 4;

	private static final Map<String, String> USERS = Map.of("viewer", "viewer", "engineer", "engineer", "approver",
			"approver", "admin", "admin");

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		int nobody = freePort();
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("spring.datasource.url", TestDatabase.createEmpty());
		properties.put("spring.datasource.username", "postgres");
		properties.put("spring.datasource.hikari.maximum-pool-size", "8");
		properties.put("spring.temporal.connection.target", "127.0.0.1:" + nobody);
		properties.put("gennaker.registries[0].host", "registry.example.com");
		properties.put("gennaker.registries[0].plain-http", "true");
		properties.put("gennaker.registries[0].address", "127.0.0.1:" + nobody);
		clusters(properties, nobody);
		users(properties);
		TestPropertyValues.of(properties).applyTo(context);
	}

	private static void clusters(Map<String, String> properties, int nobody) {
		Path kubeconfig = kubeconfig(nobody);
		List<String> names = List.of("beijing", "guangdong-1", "guangdong-2", WITHOUT_KUBECONFIG);
		for (int i = 0; i < names.size(); i++) {
			String cluster = "gennaker.clusters[" + i + "].";
			String name = names.get(i);
			properties.put(cluster + "name", name);
			properties.put(cluster + "region", name.replaceFirst("-\\d$", ""));
			properties.put(cluster + "labels.env", "prod");
			properties.put(cluster + "kubeconfig",
					name.equals(WITHOUT_KUBECONFIG) ? "target/no-kubeconfig" : kubeconfig.toString());
		}
	}

	private static void users(Map<String, String> properties) {
		String password = "{bcrypt}" + new BCryptPasswordEncoder(COST).encode(Service.PASSWORD);
		int i = 0;
		for (Map.Entry<String, String> user : USERS.entrySet()) {
			String prefix = "gennaker.users[" + i++ + "].";
			properties.put(prefix + "name", user.getKey());
			properties.put(prefix + "password", password);
			properties.put(prefix + "roles[0]", user.getValue());
			properties.put(prefix + "groups[0]", "release-managers");
		}
	}

	private static Path kubeconfig(int port) {
		try {
			Path file = Files.createTempFile("gennaker-away-", ".kubeconfig");
			file.toFile().deleteOnExit();
			return Files.writeString(file, """
					apiVersion: v1
					kind: Config
					clusters:
					- {name: away, cluster: {server: "http://127.0.0.1:%d"}}
					users:
					- {name: away, user: {token: secret-canary-token}}
					contexts:
					- {name: away, context: {cluster: away, user: away}}
					current-context: away
					""".formatted(port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
