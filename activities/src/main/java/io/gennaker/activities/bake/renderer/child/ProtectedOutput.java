package io.gennaker.activities.bake.renderer.child;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Keeps the standard output for answers alone: whatever else is printed, by Java or by
 * the native library, goes to the standard error.
 */
final class ProtectedOutput {

	private ProtectedOutput() {
	}

	static OutputStream take() throws IOException {
		OutputStream plain = new FileOutputStream(FileDescriptor.out);
		System.setOut(System.err);
		if (Platform.isWindows()) {
			return plain;
		}
		Descriptors descriptors = Native.load(Platform.C_LIBRARY_NAME, Descriptors.class);
		int kept = descriptors.dup(1);
		if (kept < 0 || descriptors.dup2(2, 1) < 0) {
			throw new IOException("the standard output cannot be set apart");
		}
		return new FileOutputStream("/dev/fd/" + kept);
	}

	/**
	 * What the C library has for descriptors.
	 */
	public interface Descriptors extends Library {

		int dup(int descriptor);

		int dup2(int from, int to);

	}

}
