package io.gennaker.activities.bake.renderer.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.marcnuri.helm.jni.HelmLib;
import com.sun.jna.Native;

/**
 * The main class of a child process. Takes {@link RenderCall}s from its standard input
 * and gives {@link RenderAnswer}s on its standard output, the first of them by itself
 * when it is warm. Ends when its input ends, even while it renders, so that it never
 * outlives its parent: once the native library was called, the JVM no longer minds
 * SIGTERM.
 */
public final class HelmProcess {

	private HelmProcess() {
	}

	/**
	 * Runs until the standard input ends.
	 * @param arguments the native library's file, and the version of Kubernetes that
	 * templates see
	 */
	public static void main(String[] arguments) throws Exception {
		DataOutputStream out = new DataOutputStream(new BufferedOutputStream(ProtectedOutput.take()));
		BlockingQueue<RenderCall> calls = new LinkedBlockingQueue<>();
		Thread.ofPlatform().name("calls").daemon().start(() -> take(calls));
		HelmCall helm = new HelmCall(Native.load(arguments[0], HelmLib.class));
		answer(helm.render(smallestChart(arguments[1])), out);
		while (true) {
			answer(helm.render(calls.take()), out);
		}
	}

	private static void take(BlockingQueue<RenderCall> calls) {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in))) {
			while (true) {
				calls.add(RenderCall.read(in));
			}
		}
		catch (IOException ex) {
			Runtime.getRuntime().halt(0);
		}
	}

	private static void answer(RenderAnswer answer, DataOutputStream out) throws IOException {
		answer.write(out);
		out.flush();
	}

	private static RenderCall smallestChart(String kubeVersion) throws IOException {
		Path chart = Path.of("warm").toAbsolutePath();
		Files.createDirectories(chart.resolve("templates"));
		Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: warm\nversion: 0.1.0\n");
		Files.writeString(chart.resolve("templates/warm.yaml"),
				"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name | quote }}}\n");
		return new RenderCall(chart.toString(), "warm", "default", kubeVersion, List.of());
	}

}
