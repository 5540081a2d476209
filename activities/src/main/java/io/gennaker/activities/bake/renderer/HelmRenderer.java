package io.gennaker.activities.bake.renderer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

import io.gennaker.activities.bake.capability.Capabilities;
import io.gennaker.activities.bake.chart.Chart;
import io.gennaker.activities.bake.origin.SchemaComplaints;
import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;
import io.gennaker.activities.bake.renderer.child.RenderAnswer;
import io.gennaker.activities.bake.renderer.child.RenderCall;
import org.jspecify.annotations.Nullable;

/**
 * Renders charts by Helm in child processes that see neither the service's environment
 * nor a network, and that are killed when they pass a limit. Thread-safe.
 */
public final class HelmRenderer implements ChartRenderer {

	/** Name and version of what renders. */
	public static final String NAME = "helm-java 0.0.21 (Helm 3.21)";

	private final RenderLimits limits;

	private final RendererFolder folder;

	private final ChildPool pool;

	private @Nullable Set<String> builtInApis;

	/**
	 * Prepares what child processes run. The first rendering starts one, unless
	 * {@link #warm()} did.
	 * @throws IOException if the folder cannot be written
	 * @throws IllegalStateException if Helm's native library for this platform is missing
	 */
	public HelmRenderer(RenderLimits limits) throws IOException {
		this.limits = limits;
		this.folder = RendererFolder.create(limits.folder(), HelmRenderer.class.getClassLoader());
		this.pool = new ChildPool(this.folder, limits);
	}

	/**
	 * Starts the child processes in the background, so that nobody waits for them later.
	 */
	public void warm() {
		this.pool.warm();
	}

	@Override
	public String name() {
		return NAME;
	}

	/**
	 * How many charts are rendered at the same time.
	 */
	public int parallelism() {
		return this.limits.processes();
	}

	/**
	 * Puts a chart's files where child processes find them.
	 */
	public UnpackedChart unpack(Chart source) throws IOException {
		UnpackedChart chart = new UnpackedChart(source);
		collecting(chart);
		return chart;
	}

	private Path collecting(UnpackedChart chart) throws IOException {
		return chart.archive(this.folder.work(), "collecting", Collector::addTo);
	}

	/**
	 * Renders a chart. A child process that dies costs one retry, on a new one: so
	 * whoever kills idle ones does no harm.
	 * @throws BakeRefusedException if the chart does not render or passes a limit
	 * @throws IOException if no child process can be started
	 * @throws InterruptedException if the thread was interrupted while all were at work
	 */
	@Override
	public RenderedChart render(RenderRequest request) throws IOException, InterruptedException {
		RenderAnswer answer = answer(request, collecting(request.chart()));
		if (!answer.rendered()) {
			throw refused(request, "does not render: " + explain(request, answer));
		}
		RenderedChart rendered = Collector.read(answer.text());
		check(request, DocumentCheck.doubtful(rendered));
		return rendered;
	}

	private void check(RenderRequest request, List<RenderedFile> doubtful) throws IOException, InterruptedException {
		if (doubtful.isEmpty()) {
			return;
		}
		RenderRequest reading = new RenderRequest(request.chart(), "check", "default",
				List.of(new RenderRequest.ValuesLayer("what it renders to", DocumentCheck.values(doubtful), false)));
		RenderAnswer answer = answer(reading,
				request.chart().archive(this.folder.work(), "check", (_) -> DocumentCheck.chart()));
		if (!answer.rendered()) {
			throw refused(request, "renders to what cannot be read: " + readable(answer.text(), reading));
		}
		DocumentCheck.complaint(answer.text()).ifPresent((complaint) -> {
			throw refused(request, "does not render: " + complaint);
		});
	}

	/** Helm's own words on the chart as it is, which the collector does not appear in. */
	private String explain(RenderRequest request, RenderAnswer collected) throws IOException, InterruptedException {
		RenderAnswer plain = answer(request, request.chart().archive(this.folder.work(), "plain", (files) -> files));
		Chart chart = request.chart().source();
		List<List<String>> keys = ChartTree.of(chart.files())
			.instances()
			.stream()
			.map(ChartTree.Instance::chain)
			.toList();
		return new SchemaComplaints(request.origins(), keys)
			.explained(readable(plain.rendered() ? collected.text() : plain.text(), request), chart.metadata().name());
	}

	/**
	 * What templates see as {@code .Values}, whatever the chart's templates and schemas
	 * would make of it.
	 * @throws BakeRefusedException if the values cannot be merged
	 * @throws IOException if no child process can be started
	 * @throws InterruptedException if the thread was interrupted while all were at work
	 */
	public MergedValues values(RenderRequest request) throws IOException, InterruptedException {
		RenderAnswer answer = answer(request, request.chart().archive(this.folder.work(), "values", ValuesProbe::of));
		if (!answer.rendered()) {
			throw refused(request, "has values that cannot be merged: " + readable(answer.text(), request));
		}
		return new MergedValues(ValuesProbe.read(answer.text()), request.origins());
	}

	private RenderAnswer answer(RenderRequest request, Path chart) throws IOException, InterruptedException {
		try (ChildPool.Loan loan = this.pool.borrow()) {
			return render(loan.child(), request, chart);
		}
		catch (ChildDiedException ex) {
			return secondAnswer(request, chart);
		}
		catch (BakeRefusedException ex) {
			throw refused(request, "cannot be rendered: " + ex.getMessage(), ex);
		}
	}

	private RenderAnswer secondAnswer(RenderRequest request, Path chart) throws IOException, InterruptedException {
		try (ChildPool.Loan loan = this.pool.borrowNew()) {
			return render(loan.child(), request, chart);
		}
		catch (ChildDiedException ex) {
			throw refused(request, "ended the renderer twice; " + ex.getMessage(), ex);
		}
		catch (BakeRefusedException ex) {
			throw refused(request, "cannot be rendered: " + ex.getMessage(), ex);
		}
	}

	private static BakeRefusedException refused(RenderRequest request, String reason) {
		return new BakeRefusedException("chart " + request.chart().name() + " " + reason);
	}

	private static BakeRefusedException refused(RenderRequest request, String reason, Exception cause) {
		return new BakeRefusedException("chart " + request.chart().name() + " " + reason, cause);
	}

	private RenderAnswer render(HelmChild child, RenderRequest request, Path chart) throws IOException {
		List<Path> layers = new ArrayList<>();
		try {
			for (RenderRequest.ValuesLayer layer : request.values()) {
				Path file = valuesFile(child, layers.size());
				layers.add(file);
				Files.write(file, layer.yaml());
			}
			return child.render(new RenderCall(chart.toString(), request.release(), request.namespace(),
					kubeVersion(request), layers.stream().map(Path::toString).toList()),
					this.limits.processorTime(request.bytes()));
		}
		finally {
			for (Path file : layers) {
				Files.deleteIfExists(file);
			}
		}
	}

	private static Path valuesFile(HelmChild child, int index) {
		return child.folder().resolve("values-" + index + ".yaml");
	}

	/**
	 * The APIs that charts see here, whatever the cluster has: those that Helm itself
	 * knows.
	 */
	synchronized Set<String> builtInApis() throws IOException, InterruptedException {
		Set<String> known = this.builtInApis;
		if (known == null) {
			known = BuiltInApis.of(this);
			this.builtInApis = known;
		}
		return known;
	}

	private String kubeVersion(RenderRequest request) {
		Capabilities capabilities = request.capabilities();
		return (capabilities != null) ? capabilities.kubeVersion() : this.limits.kubeVersion();
	}

	private String readable(String error, RenderRequest request) {
		String text = request.chart().readable(Collector.plainError(error));
		for (int i = 0; i < request.values().size(); i++) {
			text = text.replaceAll("\\S*/values-" + i + "\\.yaml",
					Matcher.quoteReplacement(request.values().get(i).name()));
		}
		return this.folder.work().withoutPaths(text);
	}

	/**
	 * Kills the child processes and deletes their files.
	 */
	@Override
	public void close() {
		this.pool.close();
		this.folder.close();
	}

}
