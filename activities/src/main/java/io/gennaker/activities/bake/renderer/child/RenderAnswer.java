package io.gennaker.activities.bake.renderer.child;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What a child process says to a call.
 *
 * @param rendered whether the chart rendered
 * @param text Helm's output, or its error
 */
public record RenderAnswer(boolean rendered, String text) {

	void write(DataOutput out) throws IOException {
		byte[] bytes = this.text.getBytes(StandardCharsets.UTF_8);
		out.writeBoolean(this.rendered);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	/**
	 * Reads an answer.
	 * @param limit how many bytes the text may have
	 * @throws AnswerTooLongException if it has more
	 */
	public static RenderAnswer read(DataInput in, int limit) throws IOException {
		boolean rendered = in.readBoolean();
		int length = in.readInt();
		if (length < 0 || length > limit) {
			throw new AnswerTooLongException(length);
		}
		byte[] bytes = new byte[length];
		in.readFully(bytes);
		return new RenderAnswer(rendered, new String(bytes, StandardCharsets.UTF_8));
	}

	/**
	 * An answer that is longer than whoever reads it allows.
	 */
	public static final class AnswerTooLongException extends IOException {

		private static final long serialVersionUID = 1L;

		AnswerTooLongException(int length) {
			super("an answer of " + length + " bytes");
		}

	}

}
