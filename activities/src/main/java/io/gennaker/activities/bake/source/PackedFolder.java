package io.gennaker.activities.bake.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder's files as one piece of content for the cache: their number, then of each the
 * path and the bytes. The same files make the same content.
 */
final class PackedFolder {

	private PackedFolder() {
	}

	static byte[] pack(SortedMap<String, byte[]> files) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeInt(files.size());
			for (SortedMap.Entry<String, byte[]> file : files.entrySet()) {
				out.writeUTF(file.getKey());
				out.writeInt(file.getValue().length);
				out.write(file.getValue());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * The files of content that was packed here.
	 */
	static SortedMap<String, byte[]> unpack(byte[] packed) throws IOException {
		SortedMap<String, byte[]> files = new TreeMap<>();
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
			int count = in.readInt();
			for (int i = 0; i < count; i++) {
				files.put(in.readUTF(), in.readNBytes(in.readInt()));
			}
		}
		return files;
	}

}
