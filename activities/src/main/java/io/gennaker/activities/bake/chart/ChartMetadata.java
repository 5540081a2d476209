package io.gennaker.activities.bake.chart;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * What a {@code Chart.yaml} says.
 *
 * @param name the chart's name
 * @param version its version
 * @param library whether it is a library, which renders nothing by itself
 */
public record ChartMetadata(String name, String version, boolean library) {

	/** The file that makes a folder a chart. */
	public static final String FILE = "Chart.yaml";

	private static final int LIMIT = 1024 * 1024;

	/**
	 * Reads the file.
	 * @param file its path, for messages
	 * @throws BakeRefusedException if it is not YAML or lacks a name or a version
	 */
	public static ChartMetadata read(String file, byte[] yaml) {
		Map<?, ?> entries = entries(file, yaml);
		if (!(entries.get("name") instanceof String name) || name.isBlank()) {
			throw new BakeRefusedException(file + " has no name");
		}
		if (!(entries.get("version") instanceof String version) || version.isBlank()) {
			throw new BakeRefusedException(file + " has no version");
		}
		return new ChartMetadata(name, version, "library".equals(entries.get("type")));
	}

	private static Map<?, ?> entries(String file, byte[] yaml) {
		LoadSettings settings = LoadSettings.builder()
			.setLabel(file)
			.setSchema(new FailsafeSchema())
			.setAllowDuplicateKeys(true)
			.setMaxAliasesForCollections(20)
			.setCodePointLimit(LIMIT)
			.build();
		try {
			String text = new String(yaml, StandardCharsets.UTF_8);
			boolean empty = new Compose(settings).composeString(text).isEmpty();
			if (!empty && new Load(settings).loadFromString(text) instanceof Map<?, ?> map) {
				return map;
			}
			throw new BakeRefusedException(file + " is not a YAML mapping");
		}
		catch (YamlEngineException | StackOverflowError ex) {
			throw new BakeRefusedException(file + " is not YAML: " + ex.getMessage(), ex);
		}
	}

}
