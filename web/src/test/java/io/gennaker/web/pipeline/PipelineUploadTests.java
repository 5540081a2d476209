package io.gennaker.web.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.gennaker.pipelines.language.PipelineFiles;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PipelineUploadTests {

	private static final byte[] DOCUMENT = "version: 1\n".getBytes(StandardCharsets.UTF_8);

	@Test
	void aZipHoldsThePipelinesFiles() throws IOException {
		assertThat(read(zip("pipeline.yaml", "values/prod.yaml")).all()).containsOnlyKeys("pipeline.yaml",
				"values/prod.yaml");
	}

	@Test
	void anArchiveMayHoldTheFolderItself() throws IOException {
		assertThat(read(zip("classroom/pipeline.yaml", "classroom/values/prod.yaml", "classroom/.git/config",
				"__MACOSX/classroom/x"))
			.all()).containsOnlyKeys("pipeline.yaml", "values/prod.yaml");
		assertThat(read(tar("./classroom/pipeline.yaml", "./classroom/values/prod.yaml")).all())
			.containsOnlyKeys("pipeline.yaml", "values/prod.yaml");
	}

	@Test
	void oneDocumentKeepsTheOtherFilesOfTheCurrentRevision() throws IOException {
		PipelineFiles current = new PipelineFiles(
				Map.of("pipeline.yaml", "old".getBytes(StandardCharsets.UTF_8), "values.yaml", DOCUMENT));
		PipelineFiles files = PipelineUpload.files(DOCUMENT, Optional.of(current), FolderLimits.DEFAULT);
		assertThat(files.text("pipeline.yaml")).isEqualTo("version: 1\n");
		assertThat(files.all()).containsKey("values.yaml");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../pipeline.yaml", "/etc/passwd", "values/../../secret", "C:/windows", "a\\..\\b" })
	void pathsThatLeadOutAreRefused(String path) throws IOException {
		refuses(zip("pipeline.yaml", path), "leads out");
		refuses(tar("pipeline.yaml", path), "leads out");
	}

	@Test
	void linksAreRefused() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
			TarArchiveEntry link = new TarArchiveEntry("values.yaml", TarConstants.LF_SYMLINK);
			link.setLinkName("/etc/passwd");
			tar.putArchiveEntry(link);
			tar.closeArchiveEntry();
		}
		refuses(bytes.toByteArray(), "is a link");
		ByteArrayOutputStream hard = new ByteArrayOutputStream();
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(hard))) {
			TarArchiveEntry link = new TarArchiveEntry("values.yaml", TarConstants.LF_LINK);
			link.setLinkName("/etc/passwd");
			tar.putArchiveEntry(link);
			tar.closeArchiveEntry();
		}
		refuses(hard.toByteArray(), "is a link");
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(zipped)) {
			ZipArchiveEntry link = new ZipArchiveEntry("values.yaml");
			link.setUnixMode(0120777);
			zip.putArchiveEntry(link);
			zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
			zip.closeArchiveEntry();
		}
		refuses(zipped.toByteArray(), "is a link");
	}

	@Test
	void whatUnpacksToTooMuchIsRefusedWhateverItSaysOfItself() throws IOException {
		FolderLimits small = new FolderLimits(10, 1 << 20, 4);
		byte[] zeros = new byte[2 << 20];
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
			zip.putNextEntry(new ZipEntry("bomb"));
			zip.write(zeros);
		}
		refuses(zipped.toByteArray(), "larger than", small);
		refuses(tarOfZeros("bomb", 2 << 20), "larger than", small);
		// What is passed over is unpacked all the same.
		refuses(tarOfZeros(".bomb", 16 << 20), "unpacks to more", small);
	}

	@Test
	void tooManyTooDeepAndTheSameTwiceAreRefused() throws IOException {
		FolderLimits small = new FolderLimits(2, 1 << 20, 2);
		refuses(zip("a", "b", "c"), "one file too many", small);
		refuses(zip("a/b/c/d"), "deeper than", small);
		refuses(tar("a", "a"), "twice", small);
		refuses(tar("pipeline.yaml", "x".repeat(600)), "longer than", small);
	}

	@Test
	void whatIsNoArchiveIsRefused() {
		refuses(new byte[] { 'P', 'K', 3, 4, 0, 0 }, "cannot be read");
		refuses(new byte[] { 0x1F, (byte) 0x8B, 1, 2, 3 }, "cannot be read");
		refuses(new byte[0], "nothing was sent");
	}

	private static PipelineFiles read(byte[] body) throws UnusableUploadException {
		return PipelineUpload.files(body, Optional.empty(), FolderLimits.DEFAULT);
	}

	private static void refuses(byte[] body, String words) {
		refuses(body, words, FolderLimits.DEFAULT);
	}

	private static void refuses(byte[] body, String words, FolderLimits limits) {
		assertThatExceptionOfType(UnusableUploadException.class)
			.isThrownBy(() -> PipelineUpload.files(body, Optional.empty(), limits))
			.withMessageContaining(words);
	}

	private static byte[] zip(String... paths) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			for (String path : paths) {
				zip.putNextEntry(new ZipEntry(path));
				zip.write(DOCUMENT);
			}
		}
		return bytes.toByteArray();
	}

	private static byte[] tarOfZeros(String path, int size) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
			TarArchiveEntry entry = new TarArchiveEntry(path);
			entry.setSize(size);
			tar.putArchiveEntry(entry);
			tar.write(new byte[size]);
			tar.closeArchiveEntry();
		}
		return bytes.toByteArray();
	}

	private static byte[] tar(String... paths) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
			tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
			for (String path : paths) {
				TarArchiveEntry entry = new TarArchiveEntry(path, true);
				entry.setSize(DOCUMENT.length);
				tar.putArchiveEntry(entry);
				tar.write(DOCUMENT);
				tar.closeArchiveEntry();
			}
		}
		return bytes.toByteArray();
	}

}
