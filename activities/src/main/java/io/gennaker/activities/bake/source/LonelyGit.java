package io.gennaker.activities.bake.source;

import java.util.concurrent.TimeUnit;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
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

			/**
			 * How exact the disk's times are matters to working trees, which there are
			 * none of: so it is said here, and not measured.
			 */
			@Override
			public long getTimeUnit(String section, @Nullable String subsection, String name, long otherwise,
					TimeUnit unit) {
				return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION) ? unit.convert(1, TimeUnit.SECONDS)
						: super.getTimeUnit(section, subsection, name, otherwise, unit);
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
