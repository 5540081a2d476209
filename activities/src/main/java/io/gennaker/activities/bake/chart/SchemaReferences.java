package io.gennaker.activities.bake.chart;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gennaker.activities.bake.refusal.BakeRefusedException;

/**
 * Keeps a {@code values.schema.json} from referring to anything outside of itself: Helm
 * would read the file, or ask the server, that it names.
 */
final class SchemaReferences {

	private static final String FILE = "values.schema.json";

	private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef", "$recursiveRef");

	private static final Set<String> IDS = Set.of("$id", "id");

	/** Those that validators bring along. */
	private static final Pattern DRAFTS = Pattern
		.compile("https?://json-schema\\.org/(draft-0[4-7]|draft/2019-09|draft/2020-12)/schema#?");

	private static final JsonFactory JSON = new JsonFactory();

	private final String file;

	private final List<String> references = new ArrayList<>();

	private final Set<String> ids = new HashSet<>();

	private SchemaReferences(String file) {
		this.file = file;
	}

	/**
	 * Checks the schemas of a chart and its subcharts.
	 * @param place the chart's path, for messages
	 * @throws BakeRefusedException if one refers to something outside, or is no JSON
	 */
	static void check(String place, SortedMap<String, byte[]> files) {
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			if (file.getKey().equals(FILE) || file.getKey().endsWith("/" + FILE)) {
				new SchemaReferences(place + "/" + file.getKey()).check(file.getValue());
			}
		}
	}

	private void check(byte[] schema) {
		try (JsonParser parser = JSON.createParser(schema)) {
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				if (token == JsonToken.VALUE_STRING && parser.currentName() != null) {
					take(parser.currentName(), parser.getText());
				}
			}
		}
		catch (IOException ex) {
			throw new BakeRefusedException(this.file + " is not JSON", ex);
		}
		for (String reference : this.references) {
			if (!isWithin(reference)) {
				throw new BakeRefusedException(this.file + " refers to '" + reference
						+ "', outside of itself, which is not followed; write its definitions into the file");
			}
		}
	}

	private void take(String key, String value) {
		if (IDS.contains(key)) {
			this.ids.add(withoutFragment(value));
		}
		else if (REFERENCES.contains(key)) {
			this.references.add(value);
		}
		else if (key.equals("$schema") && !DRAFTS.matcher(value).matches()) {
			throw new BakeRefusedException(
					this.file + " follows the schema '" + value + "', which is none of json-schema.org's drafts");
		}
	}

	private boolean isWithin(String reference) {
		String target = withoutFragment(reference);
		return target.isEmpty() || DRAFTS.matcher(reference).matches() || this.ids.contains(target)
				|| this.ids.stream().anyMatch((id) -> id.endsWith("/" + target));
	}

	private static String withoutFragment(String uri) {
		int fragment = uri.indexOf('#');
		return (fragment >= 0) ? uri.substring(0, fragment) : uri;
	}

}
