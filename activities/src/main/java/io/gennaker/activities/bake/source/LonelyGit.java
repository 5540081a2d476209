package io.gennaker.activities.bake.source;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the machine's and the user's Git configuration away: what stands there, such as
 * other addresses or credentials, must not decide from where a chart comes.
 */
final class LonelyGit extends SystemReader.Delegate {

	private LonelyGit(SystemReader delegate) {
		super(delegate);
	}

	/**
	 * Does so for the whole process; where nothing else uses JGit, that is for this
	 * package.
	 */
	static void install() {
		// How exact the disk's times are matters to working trees, which there are none
		// of.
		FS.FileStoreAttributes.setBackground(true);
		SystemReader.setInstance(new LonelyGit(SystemReader.getInstance()));
	}

	@Override
	public FileBasedConfig openUserConfig(Config parent, FS fs) {
		return nothing(parent, fs);
	}

	@Override
	public FileBasedConfig openSystemConfig(Config parent, FS fs) {
		return nothing(parent, fs);
	}

	@Override
	public FileBasedConfig openJGitConfig(Config parent, FS fs) {
		return nothing(parent, fs);
	}

	@Override
	public @Nullable String getenv(String variable) {
		return variable.startsWith("GIT_") ? null : super.getenv(variable);
	}

	private static FileBasedConfig nothing(Config parent, FS fs) {
		return new FileBasedConfig(parent, null, fs) {

			@Override
			public void load() {
				// There is no file.
			}

			@Override
			public void save() {
				// Nor will there be one.
			}

			@Override
			public boolean isOutdated() {
				return false;
			}

		};
	}

}
