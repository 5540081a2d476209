package io.gennaker.activities.bake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.gennaker.activities.bake.program.Programs;
import io.gennaker.activities.bake.renderer.RenderLimits;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.pipelines.model.Target;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bakes and {@code helm template} side by side in one run on one machine. Prints its
 * figures; {@code docs/benchmarks.md} says how to run it. Both get the same chart, the
 * classroom with its four components, and the same values; nothing is cached except where
 * a line says so, and what they give is compared byte for byte.
 */
@EnabledIfSystemProperty(named = "gennaker.benchmark", matches = "true",
		disabledReason = "runs with -Dgennaker.benchmark=true alone")
class BakeBenchmark {

	private static final Pattern MARK = Pattern.compile("\\s+gennaker\\.io/[a-z-]+: .*");

	private static final Path PROJECT = Path.of("..");

	private static final int WARM = 1000;

	private static final int CLUSTERS = 100;

	private static final int CORES = Runtime.getRuntime().availableProcessors();

	@TempDir
	Path folder;

	private final BakeFixture fixture = new BakeFixture()
		.folder(PROJECT.resolve("charts/classroom"), "charts/classroom/")
		.folder(PROJECT.resolve("pipelines/examples/classroom/values"), "values/");

	private final Expressions expressions = new Expressions();

	private Path helm;

	private BakeTools uncached;

	private BakeTools cached;

	@BeforeEach
	void start() throws IOException {
		this.helm = Programs.onPath("helm")
			.orElseThrow(() -> new AssertionError("put the helm program on the PATH to compare with it"));
		for (int n = 0; n < CLUSTERS; n++) {
			this.fixture.files(
					Map.of("own/c" + n + ".yaml", ("own: {cluster: c" + n + "}\napi: {replicas: " + (1 + n % 9) + "}\n")
						.getBytes(StandardCharsets.UTF_8)));
		}
		this.uncached = tools(0);
		this.cached = tools(64L * 1024 * 1024);
		unpack();
	}

	private BakeTools tools(long cacheBytes) throws IOException {
		BakeLimits defaults = BakeLimits.defaults();
		RenderLimits rendering = defaults.rendering().withFolder(this.folder.resolve("work"));
		return BakeFixture.tools(new BakeLimits(rendering, defaults.chart(), defaults.manifests()),
				new FakeCapabilities(), null, null, cacheBytes);
	}

	private void unpack() throws IOException {
		for (Map.Entry<String, byte[]> file : this.fixture.files("r1").all().entrySet()) {
			Path path = this.folder.resolve("helm").resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.write(path, file.getValue());
		}
	}

	@AfterEach
	void stop() {
		this.uncached.renderers().close();
		this.cached.renderers().close();
	}

	private static BakeRequest.Destination[] destinations(int from, int count) {
		return IntStream.range(from, from + count)
			.mapToObj((n) -> BakeFixture.destination("c" + n, new Target.Override(List.of(), Map.of()),
					"own/c" + n % CLUSTERS + ".yaml"))
			.toArray(BakeRequest.Destination[]::new);
	}

	private BakeResult bake(BakeTools tools, BakeStore store, BakeRequest.Destination... destinations) {
		BakeRequest request = this.fixture
			.request(BakeFixture.stage("charts/classroom", null, List.of("values/prod.yaml"), Map.of()), destinations);
		return new HelmBaking(this.fixture, store, this.expressions, tools, (_) -> {
		}).bake(request);
	}

	private String helm(int cluster) throws IOException, InterruptedException {
		Path files = this.folder.resolve("helm");
		Process process = new ProcessBuilder(this.helm.toString(), "template", "classroom",
				files.resolve("charts/classroom").toString(), "--namespace", "ns-c" + cluster, "--include-crds",
				"--skip-tests", "--kube-version", RenderLimits.defaults().kubeVersion(), "--values",
				files.resolve("values/prod.yaml").toString(), "--values",
				files.resolve("own/c" + cluster + ".yaml").toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isZero();
		return output;
	}

	@Test
	void compare() throws Exception {
		for (int baked = 0; baked < WARM; baked += CLUSTERS) {
			bake(this.uncached, this.fixture, destinations(0, CLUSTERS));
		}
		System.out.printf("%n%s, %d cores, Java %s%n", System.getProperty("os.name"), CORES,
				System.getProperty("java.version"));
		oneChart();
		manyClusters();
		processor();
		heap();
	}

	private void oneChart() throws Exception {
		double ours = median(100, (n) -> bake(this.uncached, this.fixture, destinations(n % CLUSTERS, 1)));
		double helms = median(40, (n) -> helm(n % CLUSTERS));
		BakeResult result = bake(this.uncached, this.fixture, destinations(7, 1));
		boolean same = rendered(result, 7).equals(helm(7).strip());
		System.out.printf("one chart, start to stored manifests: %.2f ms; helm template: %.1f ms; ratio %.1f; %s%n",
				ours, helms, helms / ours, same ? "byte-identical" : "NOT IDENTICAL");
		assertThat(same).isTrue();
	}

	/**
	 * A cluster's manifests without the labels that a bake adds to each object.
	 */
	private String rendered(BakeResult result, int cluster) {
		return this.fixture.manifests(result.in("all", "c" + cluster).digest())
			.lines()
			.filter((line) -> !MARK.matcher(line).matches())
			.collect(Collectors.joining("\n"))
			.strip();
	}

	private void manyClusters() throws Exception {
		double ours = median(5, (_) -> bake(this.uncached, this.fixture, destinations(0, CLUSTERS)));
		bake(this.cached, this.fixture, destinations(0, CLUSTERS));
		double again = median(5, (_) -> bake(this.cached, this.fixture, destinations(0, CLUSTERS)));
		List<String> outputs = new ArrayList<>();
		double helms = median(3, (_) -> {
			outputs.clear();
			outputs.addAll(helmForAll());
		});
		BakeResult result = bake(this.uncached, this.fixture, destinations(0, CLUSTERS));
		long same = IntStream.range(0, CLUSTERS)
			.filter((n) -> rendered(result, n).equals(outputs.get(n).strip()))
			.count();
		System.out.printf("4 components x %d clusters: %.0f ms; helm template, %d at once: %.0f ms; ratio %.1f; "
				+ "%d of %d byte-identical%n", CLUSTERS, ours, CORES, helms, helms / ours, same, CLUSTERS);
		System.out.printf("the same again, with the cache on: %.0f ms; ratio %.1f%n", again, helms / again);
		assertThat(same).isEqualTo(CLUSTERS);
	}

	private List<String> helmForAll() throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(CORES)) {
			List<Future<String>> all = IntStream.range(0, CLUSTERS)
				.mapToObj((n) -> threads.submit(() -> helm(n)))
				.toList();
			List<String> outputs = new ArrayList<>();
			for (Future<String> each : all) {
				outputs.add(each.get());
			}
			return outputs;
		}
	}

	/**
	 * What the processor has to do for it, which other work on the machine does not
	 * change as much: this process with its children, which have ended or live.
	 */
	private static double cpuMillis() throws IOException {
		double ticks = 0;
		String[] own = Files.readString(Path.of("/proc/self/stat")).replaceFirst(".*\\) ", "").split(" ");
		for (int field = 11; field <= 14; field++) {
			ticks += Double.parseDouble(own[field]);
		}
		return ticks * 10 + ProcessHandle.current()
			.children()
			.mapToLong((child) -> child.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
			.sum();
	}

	private void processor() throws Exception {
		if (Files.notExists(Path.of("/proc/self/stat"))) {
			return;
		}
		double start = cpuMillis();
		for (int round = 0; round < 5; round++) {
			bake(this.uncached, this.fixture, destinations(0, CLUSTERS));
		}
		double ours = (cpuMillis() - start) / 5 / CLUSTERS;
		start = cpuMillis();
		helmForAll();
		double helms = (cpuMillis() - start) / CLUSTERS;
		System.out.printf("processor time for one chart: %.1f ms; helm template: %.1f ms; ratio %.1f%n", ours, helms,
				helms / ours);
	}

	private void heap() throws Exception {
		long few = peak(10);
		long many = peak(100);
		System.out.printf(
				"peak of the live heap above what was there before: 10 clusters %.1f MB, 100 clusters %.1f MB%n",
				few / 1e6, many / 1e6);
	}

	/**
	 * The most that is alive at any collection while it bakes, with a store that keeps
	 * nothing.
	 */
	private long peak(int clusters) throws Exception {
		long before = live();
		AtomicLong most = new AtomicLong(before);
		Thread baking = Thread.ofPlatform().start(() -> {
			for (int round = 0; round < 1000 / clusters; round++) {
				bake(this.uncached, new Forgetful(), destinations(0, clusters));
			}
		});
		while (baking.isAlive()) {
			most.accumulateAndGet(live(), Math::max);
			baking.join(5);
		}
		return most.get() - before;
	}

	private static long live() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private static double median(int times, Work work) throws Exception {
		double[] millis = new double[times];
		for (int n = 0; n < times; n++) {
			long start = System.nanoTime();
			work.run(n);
			millis[n] = (System.nanoTime() - start) / 1e6;
		}
		Arrays.sort(millis);
		return millis[times / 2];
	}

	@FunctionalInterface
	private interface Work {

		void run(int n) throws Exception;

	}

	/**
	 * Keeps nothing.
	 */
	private static final class Forgetful implements BakeStore {

		@Override
		public void keepManifests(String digest, String manifests) {
			assertThat(manifests).isNotEmpty();
		}

		@Override
		public void keepBake(BakeRequest request, BakeResult bake, Provenance provenance, List<BoundImage> bound) {
			assertThat(bake.manifests()).isNotEmpty();
		}

		@Override
		public Optional<String> pin(String executionId, String stageId, String image) {
			return Optional.empty();
		}

		@Override
		public String keepPin(String executionId, String stageId, String image, String digest) {
			return digest;
		}

		@Override
		public String manifests(String digest) {
			throw new IllegalArgumentException("there are no manifests " + digest);
		}

	}

}
