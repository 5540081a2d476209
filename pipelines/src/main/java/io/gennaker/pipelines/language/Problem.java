package io.gennaker.pipelines.language;

/**
 * Something wrong with a pipeline's file.
 *
 * @param file its path in the pipeline's folder
 * @param line counted from 1
 * @param column counted from 1
 * @param path where in the document, such as {@code stages.south.waves[0][1]}; empty for
 * the document itself
 * @param message what is wrong and, where one is near, what was probably meant
 */
public record Problem(String file, int line, int column, String path, String message) {

	@Override
	public String toString() {
		String where = this.path.isEmpty() ? "" : this.path + ": ";
		return this.file + ":" + this.line + ":" + this.column + ": " + where + this.message;
	}

}
