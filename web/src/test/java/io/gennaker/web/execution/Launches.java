package io.gennaker.web.execution;

import io.gennaker.web.service.TestService;

/**
 * Does a round of the launcher, for tests of other packages.
 */
public final class Launches {

	private Launches() {
	}

	public static void launch(TestService service) {
		service.get(ExecutionLauncher.class).launch();
	}

}
