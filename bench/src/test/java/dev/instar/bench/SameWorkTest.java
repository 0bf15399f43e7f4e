package dev.instar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.PixelBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands side by side in a benchmark does the same work: a ratio is worth nothing else. */
final class SameWorkTest {
  @ParameterizedTest
  @ValueSource(strings = {"2880x2160", "720x540"})
  void areaFiltersAgreeWithinOneLevel(String size) {
    ResizeBenchmark benchmark = new ResizeBenchmark();
    benchmark.size = size;
    benchmark.open();
    try {
      benchmark.area();
      int[] ours = levels(benchmark.target());
      benchmark.areaInJava();
      assertThat(levels(benchmark.target())).isEqualTo(ours);
      clear(benchmark.target());
      benchmark.areaInOpenCv();
      int[] theirs = levels(benchmark.target());
      assertThat(Arrays.stream(theirs).sum()).isPositive();
      for (int i = 0; i < ours.length; i++) {
        assertThat(Math.abs(ours[i] - theirs[i])).as("sample %d", i).isLessThanOrEqualTo(1);
      }
    } finally {
      benchmark.close();
    }
  }

  @Test
  void aPackAndAPlainFileGiveTheSameRecords() throws IOException {
    PackBenchmark benchmark = new PackBenchmark();
    benchmark.records = 20;
    benchmark.write();
    try {
      for (int i = 0; i < benchmark.records; i++) {
        ByteBuffer expected = SmallRecords.content(i).buffer();
        assertThat(benchmark.copy(new PackBenchmark.Reader(), i).flip()).isEqualTo(expected);
        assertThat(benchmark.readPlainFile(new PackBenchmark.Reader(), i).flip())
            .isEqualTo(expected);
      }
    } finally {
      benchmark.delete();
    }
  }

  @Test
  void aPackHoldsAllThatThePlainFileDoes() throws IOException {
    PackWriteBenchmark benchmark = new PackWriteBenchmark();
    benchmark.open();
    long plain = benchmark.plainFile();
    benchmark.delete();
    long packed = benchmark.pack();
    benchmark.delete();
    benchmark.close();
    assertThat(packed).isBetween(plain, plain * 11 / 10);
  }

  @Test
  void fewPhotographsAreRepeatedUnderNamesOfTheirOwn(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("a.jpg"), new byte[] {1});
    Files.write(folder.resolve("b.jpg"), new byte[] {2});
    Files.write(folder.resolve("c.txt"), new byte[] {3});
    Photographs photographs = new Photographs();
    photographs.photos = folder.toString();
    photographs.open();
    List<String> names =
        IntStream.range(0, photographs.size()).mapToObj(photographs::name).toList();
    assertThat(names).hasSize(Photographs.COUNT).doesNotHaveDuplicates();
    assertThat(photographs.bytes()).extracting(bytes -> bytes.get(0)).startsWith(1, 2, 1, 2);
  }

  private static int[] levels(PixelBuffer pixels) {
    ByteBuffer bytes = pixels.asByteBuffer();
    int[] levels = new int[bytes.remaining()];
    Arrays.setAll(levels, i -> bytes.get(i) & 0xff);
    return levels;
  }

  private static void clear(PixelBuffer pixels) {
    ByteBuffer bytes = pixels.asByteBuffer();
    bytes.put(new byte[bytes.remaining()]);
  }
}
