package io.gennaker.activities.bake.manifest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.gennaker.activities.bake.refusal.BakeRefusedException;
import io.gennaker.activities.bake.renderer.RenderedChart;
import io.gennaker.activities.bake.renderer.RenderedChart.RenderedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Large and hostile documents take no longer than honest ones of their size. The limits
 * of time are far above that, and far below what a square or a power would take.
 */
class BindingLimitTests {

	private static String pod(int containers, int padding) {
		StringBuilder text = new StringBuilder(
				"apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n");
		String more = "x".repeat(padding);
		for (int i = 0; i < containers; i++) {
			text.append("  - name: 😀").append(i).append("\n    image: ");
			text.append((i % 2 == 0) ? BindingCorpus.API : "busybox:" + i % 7)
				.append("\n    args: [")
				.append(more)
				.append("]\n");
		}
		return text.toString();
	}

	@Test
	@Timeout(value = 60, unit = TimeUnit.SECONDS)
	void tenThousandContainersInFiveMebibytesAreBound() {
		AtomicInteger asked = new AtomicInteger();
		ManifestRules rules = BindingCorpus.rules(Set.of("marks", "bind", "versioned", "pin"));
		ManifestRules counting = new ManifestRules(rules.artifacts(), rules.bound(), rules.binding(), (image) -> {
			asked.incrementAndGet();
			return Optional.of(BindingCorpus.DIGEST);
		}, rules.marks());
		Manifests manifests = Manifests.of(chart(pod(10_000, 480)), counting, new Documents(ManifestLimits.defaults()));
		assertThat(manifests.images().bound()).hasSize(10_000);
		assertThat(asked).hasValue(5_000);
		assertThat(manifests.text().length()).isGreaterThan(5 * 1024 * 1024);
	}

	@Test
	@Timeout(value = 60, unit = TimeUnit.SECONDS)
	void aListOfThousandsOfObjectsIsMarked() {
		StringBuilder text = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
		for (int i = 0; i < 20_000; i++) {
			text.append("- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: c").append(i);
			text.append("\n  data: {a: ").append("y".repeat(200)).append("}\n");
		}
		String bound = BindingCorpus.bind(text.toString(), "marks", "versioned").text();
		assertThat(bound.split("gennaker.io/release:", -1)).hasSize(20_001);
	}

	private static RenderedChart chart(String text) {
		return new RenderedChart(List.of(new RenderedFile("it/templates/a.yaml", false, text)), "");
	}

	/** Each level names the one below twice: 2^90 ways lead to the bottom. */
	private static String doubled(String first, String each) {
		StringBuilder text = new StringBuilder("apiVersion: v1\nkind: List\nmetadata: {name: x}\nx0: &a0 ")
			.append(first)
			.append('\n');
		for (int i = 1; i < 90; i++) {
			text.append("x")
				.append(i)
				.append(": &a")
				.append(i)
				.append(' ')
				.append(each.replace("@", "*a" + (i - 1)))
				.append('\n');
		}
		return text.toString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{<<: [@, @]}", "{kind: List, items: [@, @]}", "{a: @, b: @}", "[@, @]" })
	@Timeout(value = 60, unit = TimeUnit.SECONDS)
	void aliasesThatDoubleAtEachLevelAreLookedAtOnce(String each) {
		String text = doubled("{q: 1}", each) + "items: [*a89, *a89]\n<<: *a89\n";
		assertThat(BindingCorpus.bind(text, "marks", "versioned", "bind").images().bound()).isEmpty();
	}

	@Test
	@Timeout(value = 60, unit = TimeUnit.SECONDS)
	void aliasesThatCannotBeWrittenOutAreRefused() {
		String text = doubled("{q: 1}", "{a: @, b: @}").replace("kind: List", "kind: Service")
			.replace("metadata: {name: x}", "metadata: &m {name: x}") + "y: *m\n";
		assertThatExceptionOfType(BakeRefusedException.class).isThrownBy(() -> BindingCorpus.bind(text, "marks"))
			.withMessageContaining("repeat more than the limits allow");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: &a {<<: *a}\n", "a: &a {b: *a}\nc: *a\n", "metadata: &m {name: x, labels: *m}\n",
			"kind: List\nitems: &i [*i]\n" })
	@Timeout(value = 60, unit = TimeUnit.SECONDS)
	void aDocumentThatContainsItselfEndsInAnAnswer(String text) {
		String document = "apiVersion: v1\n" + (text.contains("kind") ? "" : "kind: Service\n")
				+ (text.contains("metadata") ? "" : "metadata: {name: x}\n") + text;
		try {
			assertThat(BindingCorpus.bind(document, "marks", "versioned").text()).isNotEmpty();
		}
		catch (BakeRefusedException ex) {
			assertThat(ex).hasMessageContaining("it/templates/a.yaml");
		}
	}

}
