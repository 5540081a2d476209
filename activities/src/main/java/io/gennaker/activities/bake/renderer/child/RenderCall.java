package io.gennaker.activities.bake.renderer.child;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a child process to render a chart.
 *
 * @param chart the chart's folder
 * @param release the release's name
 * @param namespace where the release lives
 * @param kubeVersion the version of Kubernetes that templates see
 * @param valuesFiles files of values, lowest first; their names hold no comma
 */
public record RenderCall(String chart, String release, String namespace, String kubeVersion, List<String> valuesFiles) {

	public RenderCall {
		valuesFiles = List.copyOf(valuesFiles);
	}

	public void write(DataOutput out) throws IOException {
		out.writeUTF(this.chart);
		out.writeUTF(this.release);
		out.writeUTF(this.namespace);
		out.writeUTF(this.kubeVersion);
		out.writeInt(this.valuesFiles.size());
		for (String file : this.valuesFiles) {
			out.writeUTF(file);
		}
	}

	static RenderCall read(DataInput in) throws IOException {
		String chart = in.readUTF();
		String release = in.readUTF();
		String namespace = in.readUTF();
		String kubeVersion = in.readUTF();
		int files = in.readInt();
		List<String> valuesFiles = new ArrayList<>();
		for (int i = 0; i < files; i++) {
			valuesFiles.add(in.readUTF());
		}
		return new RenderCall(chart, release, namespace, kubeVersion, valuesFiles);
	}

}
