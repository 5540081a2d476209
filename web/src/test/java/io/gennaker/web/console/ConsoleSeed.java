package io.gennaker.web.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.gennaker.pipelines.language.PipelineFiles;
import io.gennaker.web.pipeline.Catalogue;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Something of everything: executions in every state, gates, releases, deliveries, audit,
 * with hostile text wherever somebody outside chooses it.
 */
public final class ConsoleSeed {

	/** Runs: south is under way, one cluster of it about to fail. */
	static final UUID RUNNING = new UUID(0x0197_0000_0000_7018L, 0x8000_0000_0000_0018L);

	/** Waits at its gate. */
	public static final UUID WAITING = new UUID(0x0197_0000_0000_7019L, 0x8000_0000_0000_0019L);

	/** Failed, with a hostile message. */
	static final UUID FAILED = new UUID(0x0197_0000_0000_7017L, 0x8000_0000_0000_0017L);

	/** Runs in 60 clusters at once. */
	static final UUID FLEET = new UUID(0x0197_0000_0000_7016L, 0x8000_0000_0000_0016L);

	/**
	 * More clusters failed than may, and another does not answer: it waits for a person.
	 */
	static final UUID STUCK = new UUID(0x0197_0000_0000_7020L, 0x8000_0000_0000_0020L);

	/** A push that started the running one. */
	public static final UUID DELIVERY = new UUID(0x0197_0000_0000_7001L, 0x8000_0000_0000_0001L);

	private ConsoleSeed() {
	}

	/**
	 * Puts it into a service's database.
	 */
	public static void plant(ApplicationContext context) {
		Catalogue catalogue = context.getBean(Catalogue.class);
		catalogue.save("classroom", files("classroom.yaml"), "kim");
		JdbcClient jdbc = context.getBean(JdbcClient.class);
		Map<String, String> values = new TreeMap<>();
		values.put("RUNNING", RUNNING.toString());
		values.put("WAITING", WAITING.toString());
		values.put("FAILED", FAILED.toString());
		values.put("FLEET", FLEET.toString());
		values.put("STUCK", STUCK.toString());
		values.put("DELIVERY", DELIVERY.toString());
		values.put("HOSTILE", ConsoleApplication.HOSTILE.replace("'", "''"));
		String sql = text("seed.sql");
		for (Map.Entry<String, String> value : values.entrySet()) {
			sql = sql.replace("${" + value.getKey() + "}", value.getValue());
		}
		jdbc.sql(sql).update();
	}

	static String digest(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return "sha256:" + HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static PipelineFiles files(String pipeline) {
		Map<String, byte[]> files = new TreeMap<>();
		files.put(PipelineFiles.PIPELINE, text(pipeline).getBytes(StandardCharsets.UTF_8));
		files.put("chart/Chart.yaml",
				"apiVersion: v2\nname: classroom\nversion: 1.4.0\n".getBytes(StandardCharsets.UTF_8));
		return new PipelineFiles(files);
	}

	private static String text(String name) {
		try (InputStream stream = ConsoleSeed.class.getResourceAsStream("/console/" + name)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
