package io.gennaker.web.database;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimeOrderedIdsTests {

	@Test
	void theyAreOfVersionSevenAndTellTheTime() {
		long before = System.currentTimeMillis();
		UUID id = TimeOrderedIds.next();
		assertThat(id.version()).isEqualTo(7);
		assertThat(id.variant()).isEqualTo(2);
		assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, System.currentTimeMillis() + 100);
	}

	@Test
	void eachIsGreaterThanTheOnesBeforeAlsoWithinAMillisecond() {
		List<String> ids = Stream.generate(TimeOrderedIds::next).limit(10_000).map(UUID::toString).toList();
		assertThat(ids).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void threadsAtOnceGetDifferentOnes() {
		List<UUID> ids = IntStream.range(0, 50_000).parallel().mapToObj((_) -> TimeOrderedIds.next()).toList();
		assertThat(ids).doesNotHaveDuplicates();
	}

}
