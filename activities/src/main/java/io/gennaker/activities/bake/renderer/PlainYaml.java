package io.gennaker.activities.bake.renderer;

/**
 * Tells whether a YAML stream is written so plainly that no parser reads it otherwise
 * than another: line by line a comment, a key with a scalar on the same line, an item of
 * a list, or the inside of a block scalar. Helm's parser knows YAML 1.1, the one here
 * 1.2; of a plain stream that one can read, the other can be trusted to read it too.
 * Whether the lines make sense together is not looked at.
 */
final class PlainYaml {

	/** Parsers look no further than 1,024 characters for a key's colon. */
	private static final int LONGEST_KEY = 128;

	/**
	 * Where what opened the block scalar at hand stands in its line; -1 outside of one.
	 */
	private int opened = -1;

	/** Where the lines of the block scalar at hand begin; -1 before the first. */
	private int inside = -1;

	private PlainYaml() {
	}

	/**
	 * Whether a stream is plain.
	 */
	static boolean holds(String stream) {
		PlainYaml yaml = new PlainYaml();
		return stream.indexOf('\r') < 0 && stream.lines().allMatch(yaml::isPlain);
	}

	private boolean isPlain(String line) {
		int indent = spaces(line, 0);
		if (!isOrdinary(line)) {
			return false;
		}
		if (this.opened >= 0) {
			if (indent == line.length()) {
				return this.inside >= 0 || indent == 0;
			}
			if (indent > this.opened) {
				return isInside(indent, line);
			}
			this.opened = -1;
		}
		return line.indexOf('\t') < 0 && isStructure(indent, line);
	}

	private boolean isInside(int indent, String line) {
		if (this.inside < 0) {
			this.inside = indent;
		}
		return indent >= this.inside && line.charAt(indent) != '\t';
	}

	private boolean isStructure(int indent, String line) {
		if (indent == 0 && line.startsWith("---")) {
			return isEnd(line, 3);
		}
		int start = indent;
		int dash = -1;
		while (start < line.length() && line.charAt(start) == '-' && isSpaceOrEnd(line, start + 1)) {
			dash = start;
			start = spaces(line, start + 1);
		}
		int afterKey = key(line, start);
		if (afterKey >= 0) {
			return isValue(line, spaces(line, afterKey), start);
		}
		return (dash >= 0) ? isValue(line, start, dash) : isEnd(line, start);
	}

	/**
	 * The place after a key and its colon, or -1 where there is none. {@code null} is no
	 * key that JSON could have.
	 */
	private static int key(String line, int start) {
		int end = start;
		if (start < line.length() && isQuote(line.charAt(start))) {
			end = afterQuoted(line, start);
		}
		else {
			while (end < line.length() && isKeyCharacter(line.charAt(end), end == start)) {
				end++;
			}
		}
		boolean key = end > start && end - start <= LONGEST_KEY && end < line.length() && line.charAt(end) == ':'
				&& isSpaceOrEnd(line, end + 1) && !line.substring(start, end).equalsIgnoreCase("null");
		return key ? end + 1 : -1;
	}

	private static boolean isKeyCharacter(char c, boolean first) {
		return isWordCharacter(c) || (!first && (c == '.' || c == '/' || c == '-'));
	}

	/**
	 * Whether what follows a key or a dash is plain.
	 * @param owner where the key or the dash stands
	 */
	private boolean isValue(String line, int start, int owner) {
		if (isEnd(line, start)) {
			return true;
		}
		char first = line.charAt(start);
		if (first == '|' || first == '>') {
			this.opened = owner;
			this.inside = -1;
			int next = start + 1;
			boolean chomps = next < line.length() && (line.charAt(next) == '-' || line.charAt(next) == '+');
			return line.substring(chomps ? next + 1 : next).isBlank();
		}
		if (isQuote(first)) {
			return isEnd(line, afterQuoted(line, start));
		}
		if (first == '{' || first == '[') {
			return isEnd(line, afterList(line, start, (first == '{') ? '}' : ']'));
		}
		return isPlainScalar(line, start);
	}

	/**
	 * Without a colon that could make it a key, and no number that JSON cannot write,
	 * such as {@code .inf}.
	 */
	private static boolean isPlainScalar(String line, int start) {
		char first = line.charAt(start);
		char second = (start + 1 < line.length()) ? line.charAt(start + 1) : ' ';
		boolean begins = switch (first) {
			case '/', '$', '(' -> true;
			case '-' -> isWordCharacter(second) || second == '-';
			case '.' -> second == '/' || (second >= '0' && second <= '9');
			default -> isWordCharacter(first);
		};
		for (int i = start; begins && i < line.length(); i++) {
			if (line.charAt(i) == '#' && line.charAt(i - 1) == ' ') {
				return true;
			}
			begins = line.charAt(i) != ':' || !isSpaceOrEnd(line, i + 1);
		}
		return begins;
	}

	/**
	 * The place after an empty mapping, or a list of quoted scalars and words on one
	 * line; -1 where it is anything else.
	 */
	private static int afterList(String line, int start, char close) {
		int at = spaces(line, start + 1);
		boolean first = true;
		while (at < line.length() && line.charAt(at) != close) {
			if (close == '}' || (!first && line.charAt(at) != ',')) {
				return -1;
			}
			at = afterItem(line, first ? at : spaces(line, at + 1));
			if (at < 0) {
				return -1;
			}
			at = spaces(line, at);
			first = false;
		}
		return (at < line.length()) ? at + 1 : -1;
	}

	private static int afterItem(String line, int start) {
		if (start < line.length() && isQuote(line.charAt(start))) {
			return afterQuoted(line, start);
		}
		int end = start;
		while (end < line.length() && (isWordCharacter(line.charAt(end)) || "./-".indexOf(line.charAt(end)) >= 0)) {
			end++;
		}
		return (end > start && (isWordCharacter(line.charAt(start)) || line.charAt(start) == '/')) ? end : -1;
	}

	/**
	 * The place after a quoted scalar, or -1 where it does not end in its line or escapes
	 * anything unusual.
	 */
	private static int afterQuoted(String line, int start) {
		char quote = line.charAt(start);
		for (int i = start + 1; i < line.length(); i++) {
			char c = line.charAt(i);
			if (c == '\\' && quote == '"') {
				i++;
				if (i == line.length() || "\"\\nt".indexOf(line.charAt(i)) < 0) {
					return -1;
				}
			}
			else if (c == quote) {
				if (quote == '"' || i + 1 == line.length() || line.charAt(i + 1) != quote) {
					return i + 1;
				}
				i++;
			}
		}
		return -1;
	}

	/** Whether there is nothing more than a comment. */
	private static boolean isEnd(String line, int start) {
		if (start < 0) {
			return false;
		}
		int at = spaces(line, start);
		return at == line.length() || (line.charAt(at) == '#' && (at == 0 || line.charAt(at - 1) == ' '));
	}

	private static boolean isSpaceOrEnd(String line, int at) {
		return at == line.length() || line.charAt(at) == ' ';
	}

	private static int spaces(String line, int start) {
		int at = start;
		while (at < line.length() && line.charAt(at) == ' ') {
			at++;
		}
		return at;
	}

	private static boolean isQuote(char c) {
		return c == '"' || c == '\'';
	}

	private static boolean isWordCharacter(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
	}

	/**
	 * Neither control characters nor those that only some parsers take for line breaks.
	 */
	private static boolean isOrdinary(String line) {
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			boolean ordinary = (c >= ' ' && c <= '~') || c == '\t'
					|| (c >= '\u00a0' && c < '\ud800' && c != '\u2028' && c != '\u2029');
			if (!ordinary) {
				return false;
			}
		}
		return true;
	}

}
