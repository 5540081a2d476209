package io.gennaker.activities.bake.manifest;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The documents that were read last, by where they come from and their text, up to a
 * number of characters. Thread-safe.
 */
final class RecentDocuments {

	/** The nodes of a document take some 20 times the memory of its text. */
	private static final int MOST_CHARACTERS = 512 * 1024;

	private final Map<Key, Read> documents = new LinkedHashMap<>(16, 0.75F, true);

	private final ReentrantLock lock = new ReentrantLock();

	private int characters;

	/**
	 * A document; null where the text holds none.
	 * @param reader reads it where it was not read lately
	 */
	@Nullable ManifestDocument get(String source, String text, BiFunction<String, String, @Nullable ManifestDocument> reader) {
		Key key = new Key(source, text);
		Read known = known(key);
		if (known != null) {
			return known.document();
		}
		Read read = new Read(reader.apply(source, text));
		keep(key, read);
		return read.document();
	}

	private @Nullable Read known(Key key) {
		this.lock.lock();
		try {
			return this.documents.get(key);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void keep(Key key, Read read) {
		this.lock.lock();
		try {
			if (this.documents.put(key, read) == null) {
				this.characters += key.text().length();
			}
			Iterator<Key> eldest = this.documents.keySet().iterator();
			while (this.characters > MOST_CHARACTERS) {
				this.characters -= eldest.next().text().length();
				eldest.remove();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private record Key(String source, String text) {
	}

	private record Read(@Nullable ManifestDocument document) {
	}

}
