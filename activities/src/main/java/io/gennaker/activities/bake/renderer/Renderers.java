package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

import io.gennaker.activities.digest.Sha256;
import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.capability.CapabilityUse;
import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Renders each chart by whoever does so exactly: by {@link HelmRenderer}, which knows
 * Helm's own list of APIs alone, where the chart could not tell the difference, else by
 * the {@code helm} program. What was rendered once is not rendered again. Thread-safe.
 */
public final class Renderers implements AutoCloseable {

	private final HelmRenderer fast;

	private final @Nullable HelmProgram program;

	private final RenderCache cache;

	private final ChartShelf shelf = new ChartShelf();

	/**
	 * Renders by these; both are closed with it.
	 * @param program null where there is no {@code helm} program or it is forbidden
	 * @param cacheBytes how many bytes of what was rendered are kept in memory; 0 for
	 * none
	 */
	public Renderers(HelmRenderer fast, @Nullable HelmProgram program, long cacheBytes) {
		this.fast = fast;
		this.program = program;
		this.cache = new RenderCache(cacheBytes);
	}

	/**
	 * Starts what takes its time to start, in the background.
	 */
	public void warm() {
		this.fast.warm();
	}

	/**
	 * How many charts are rendered at the same time.
	 */
	public int parallelism() {
		return this.fast.parallelism();
	}

	/**
	 * Prepares a chart for rendering, or takes it as it was prepared before.
	 */
	public UnpackedChart unpack(Chart source) throws IOException {
		return this.shelf.take(source, this.fast::unpack);
	}

	/**
	 * Renders, or takes what was rendered of the same before.
	 * @param request with the cluster's capabilities where the chart asks for any
	 * @throws BakeRefusedException if the chart does not render, passes a limit, or wants
	 * the {@code helm} program where there is none
	 */
	public Rendering render(RenderRequest request) throws IOException, InterruptedException {
		ChartRenderer renderer = choose(request);
		return new Rendering(this.cache.get(key(request, renderer), () -> renderer.render(request)), renderer.name());
	}

	/**
	 * What templates see as {@code .Values}, and which layer gave it.
	 * @throws BakeRefusedException if the values cannot be merged
	 */
	public MergedValues values(RenderRequest request) throws IOException, InterruptedException {
		return this.fast.values(request);
	}

	private ChartRenderer choose(RenderRequest request) throws IOException, InterruptedException {
		CapabilityUse use = request.use();
		Capabilities cluster = request.capabilities();
		if (cluster == null || (use.open().isEmpty() && use.questions().isEmpty())) {
			return this.fast;
		}
		Set<String> builtIn = this.fast.builtInApis();
		Optional<CapabilityUse.Question> difference = use.difference(builtIn, cluster.apis());
		if (use.open().isEmpty() && difference.isEmpty()) {
			return this.fast;
		}
		HelmProgram exact = this.program;
		if (exact == null) {
			throw withoutProgram(request, use, difference, cluster);
		}
		if (!use.wholeVersion().isEmpty()) {
			throw new BakeRefusedException(
					"chart " + request.chart().name() + " asks in " + use.wholeVersion().getFirst()
							+ " for .Capabilities.KubeVersion as a whole beside .Capabilities.APIVersions; write "
							+ ".Capabilities.KubeVersion.Version");
		}
		return exact;
	}

	private static BakeRefusedException withoutProgram(RenderRequest request, CapabilityUse use,
			Optional<CapabilityUse.Question> difference, Capabilities cluster) {
		String what = difference
			.map((question) -> "asks in " + question.file() + " whether the cluster has " + question.api() + ", which "
					+ (cluster.apis().contains(question.api()) ? "this one has and Helm's own list lacks"
							: "this one lacks though Helm's own list has it"))
			.orElseGet(() -> "uses in " + use.open().getFirst() + " the cluster's whole .Capabilities.APIVersions");
		return new BakeRefusedException("chart " + request.chart().name() + " " + what
				+ ". Only the helm program can be told a cluster's APIs: put helm on the PATH of Gennaker, or name it by "
				+ "gennaker.bake.helm");
	}

	private String key(RenderRequest request, ChartRenderer renderer) {
		MessageDigest sha = Sha256.begin();
		update(sha, request.chart().digest());
		update(sha, request.release());
		update(sha, request.namespace());
		update(sha, renderer.name());
		Capabilities cluster = request.capabilities();
		update(sha, (cluster != null) ? cluster.kubeVersion() : "");
		update(sha, (cluster != null && renderer != this.fast) ? cluster.apisDigest() : "");
		for (RenderRequest.ValuesLayer layer : request.values()) {
			update(sha, layer.yaml());
		}
		return Sha256.end(sha);
	}

	private static void update(MessageDigest sha, String text) {
		update(sha, text.getBytes(StandardCharsets.UTF_8));
	}

	/** With its length, so that the same bytes cut elsewhere are another key. */
	private static void update(MessageDigest sha, byte[] bytes) {
		sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
		sha.update(bytes);
	}

	@Override
	public void close() {
		this.shelf.close();
		this.fast.close();
		if (this.program != null) {
			this.program.close();
		}
	}

	/**
	 * What was rendered.
	 *
	 * @param renderer name and version of who rendered it
	 */
	public record Rendering(RenderedChart chart, String renderer) {
	}

}
