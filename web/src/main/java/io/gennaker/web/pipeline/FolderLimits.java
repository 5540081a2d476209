package io.gennaker.web.pipeline;

/**
 * How much a pipeline may be.
 *
 * @param files how many files
 * @param bytes of all files together
 * @param depth folders within folders
 */
record FolderLimits(int files, long bytes, int depth) {

	static final FolderLimits DEFAULT = new FolderLimits(2_000, 32L << 20, 16);

}
