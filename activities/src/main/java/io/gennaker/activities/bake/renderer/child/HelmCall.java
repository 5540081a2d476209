package io.gennaker.activities.bake.renderer.child;

import com.marcnuri.helm.jni.HelmLib;
import com.marcnuri.helm.jni.InstallOptions;
import com.marcnuri.helm.jni.Result;
import org.jspecify.annotations.Nullable;

/**
 * Renders by a dry run of an installation on the client's side. Unlike helm-java's
 * {@code template}, which asks a cluster when a chart says {@code lookup}, this has no
 * network at all.
 */
final class HelmCall {

	private static final @Nullable String NONE = null;

	private final HelmLib helm;

	HelmCall(HelmLib helm) {
		this.helm = helm;
	}

	RenderAnswer render(RenderCall call) {
		Result result = this.helm.Install(options(call));
		this.helm.Free(result);
		if (result.err != null && !result.err.isBlank()) {
			return new RenderAnswer(false, result.err);
		}
		return new RenderAnswer(true, (result.out != null) ? result.out : "");
	}

	private static InstallOptions options(RenderCall call) {
		return new InstallOptions(call.release(), 0, NONE, NONE, call.chart(), call.namespace(), call.kubeVersion(), 0,
				0, NONE, 0, 0, 1, 1, "client", 1, 0, 0, NONE, NONE, String.join(",", call.valuesFiles()), NONE, NONE,
				NONE, NONE, NONE, 0, 0, NONE, 0, 1, NONE);
	}

}
