package io.gennaker.web.rebake;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

import io.gennaker.activities.bake.BakeStore;
import io.gennaker.activities.bake.BakeTools;
import io.gennaker.activities.bake.HelmBaking;
import io.gennaker.activities.bake.RevisionFiles;
import io.gennaker.pipelines.expression.Expressions;
import io.gennaker.web.api.ConflictException;
import io.gennaker.web.api.NotFoundException;
import io.gennaker.web.api.UnavailableException;
import io.gennaker.web.bake.Bake;
import io.gennaker.web.bake.BakeReads;
import io.gennaker.workflows.bake.BakeRequest;
import io.gennaker.workflows.bake.BakeResult.ManifestSet;
import io.temporal.failure.ApplicationFailure;

import org.springframework.stereotype.Component;

/**
 * Makes bakes again: the same revision, values and artifacts, and the same charts by
 * digest or commit.
 */
@Component
public class Rebakes implements RepeatedBakes {

	private final BakeReads bakes;

	private final RevisionFiles revisions;

	private final Expressions expressions;

	private final BakeTools tools;

	private final BakeStore store;

	Rebakes(BakeReads bakes, RevisionFiles revisions, Expressions expressions, BakeTools tools, BakeStore store) {
		this.bakes = bakes;
		this.revisions = revisions;
		this.expressions = expressions;
		this.tools = tools;
		this.store = store;
	}

	@Override
	public Comparison compare(UUID execution, String stage) {
		Bake before = this.bakes.find(execution, stage)
			.orElseThrow(
					() -> new NotFoundException("Stage '" + stage + "' of execution " + execution + " has no bake."));
		BakeRequest request = this.bakes.request(execution, stage)
			.orElseThrow(() -> new ConflictException("The bake of stage '" + stage + "' was made by a version of this"
					+ " service that did not record what it was made of."));
		ComparedBake store = new ComparedBake(this.store);
		HelmBaking baking = new HelmBaking(this.revisions, store, this.expressions, this.tools, (_) -> {
		});
		try {
			baking.bake(request, before.provenance().charts());
		}
		catch (ApplicationFailure failure) {
			throw new ConflictException("The bake cannot be made again: " + failure.getOriginalMessage());
		}
		catch (UncheckedIOException ex) {
			throw new UnavailableException("The bake cannot be made again now: " + ex.getMessage(), ex);
		}
		return comparison(before, store);
	}

	private static Comparison comparison(Bake before, ComparedBake after) {
		List<Comparison.Cluster> clusters = before.result()
			.manifests()
			.stream()
			.map((set) -> new Comparison.Cluster(set.target(), set.cluster(), set.digest(),
					after.result()
						.manifests()
						.stream()
						.filter((other) -> other.target().equals(set.target()) && other.cluster().equals(set.cluster()))
						.map(ManifestSet::digest)
						.findFirst()
						.orElse(null)))
			.toList();
		List<String> differing = clusters.stream()
			.filter((cluster) -> !cluster.equal())
			.map(Comparison.Cluster::cluster)
			.distinct()
			.toList();
		return new Comparison(differing.isEmpty(), differing,
				new Comparison.Made(before.result().digest(), before.provenance().renderer(),
						before.provenance().charts()),
				new Comparison.Made(after.result().digest(), after.provenance().renderer(),
						after.provenance().charts()),
				clusters);
	}

}
