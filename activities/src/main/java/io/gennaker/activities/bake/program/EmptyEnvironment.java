package io.gennaker.activities.bake.program;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a child process may know of its surroundings: nothing but its own folder.
 */
public final class EmptyEnvironment {

	private EmptyEnvironment() {
	}

	/**
	 * Takes everything out of an environment and makes a folder its home. Windows'
	 * programs do not start without the folder of the system.
	 */
	public static void fill(Map<String, String> environment, Path home) {
		String systemRoot = environment.get("SystemRoot");
		environment.clear();
		if (systemRoot != null) {
			environment.put("SystemRoot", systemRoot);
		}
		environment.put("HOME", home.toString());
	}

}
