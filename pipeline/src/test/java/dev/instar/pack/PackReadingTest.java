package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackReadingTest {
  @TempDir(factory = FastFolder.class)
  Path folder;

  @Test
  void manyThreadsReadTheSameRecords() throws Exception {
    List<Sample> samples = Samples.random(500, 2000, 31);
    Path path = Samples.pack(folder.resolve("a.h5"), samples);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Pack pack = Pack.open(path)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        long seed = t;
        readers.add(threads.submit(() -> readAtRandom(pack, samples, seed)));
      }
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isEqualTo(5000);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int readAtRandom(Pack pack, List<Sample> samples, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int right = 0;
    try (NativeBuffer scratch = NativeBuffer.allocate(0)) {
      for (int i = 0; i < 5000; i++) {
        int index = random.nextInt(samples.size());
        byte[] expected = samples.get(index).content();
        byte[] read = pack.read(index, scratch).bytes().toArray();
        boolean same = pack.indexOf(pack.name(index)).orElse(-1) == index && pack.verify(index);
        right += same && Arrays.equals(read, expected) ? 1 : 0;
      }
    }
    return right;
  }

  @Test
  void rawRecordsAreGivenAsPixels() throws IOException {
    Size size = new Size(5, 3);
    byte[] pixels = new byte[45];
    new SplittableRandom(1).nextBytes(pixels);
    Path path = folder.resolve("raw.h5");
    try (PackWriter writer = PackWriter.open(path, Encoding.RAW, Map.of())) {
      ImageRecord record = new ImageRecord("a", 0, size, size, Region.of(size));
      assertThatThrownBy(() -> writer.append(record, Bytes.copyOf(new byte[44])))
          .isInstanceOf(IllegalArgumentException.class);
      writer.append(record, Bytes.copyOf(pixels));
      writer.finish();
    }
    try (Pack pack = Pack.open(path);
        NativeBuffer scratch = NativeBuffer.allocate(0)) {
      Content.Pixels content = (Content.Pixels) pack.read(0, scratch);
      assertThat(content.size()).isEqualTo(size);
      assertThat(content.bytes().toArray()).isEqualTo(pixels);
    }
  }

  @Test
  void aDamagedRecordIsFoundByItsChecksum() throws IOException {
    Path path = Samples.pack(folder.resolve("a.h5"), Samples.random(3, 900, 2));
    byte[] bytes = Files.readAllBytes(path);
    try (Pack pack = Pack.open(path)) {
      bytes[(int) (PackLog.START + pack.table().offset(1))] ^= 4;
      Files.write(path, bytes);
      assertThat(pack.verify(0)).isTrue();
    }
    try (Pack pack = Pack.open(path)) {
      assertThat(List.of(pack.verify(0), pack.verify(1), pack.verify(2)))
          .containsExactly(true, false, true);
    }
  }

  @Test
  void noDamageToTheFileDoesWorseThanAnError() throws IOException {
    List<Sample> samples = Samples.random(3, 40, 12);
    Path path = Samples.pack(folder.resolve("a.h5"), samples);
    byte[] whole = Files.readAllBytes(path);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged =
          i % 10 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int k = random.nextInt(4); k >= 0 && damaged.length > 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.delete(path); // a new file: the old one may still be mapped
      Files.write(path, damaged);
      try (Pack pack = Pack.open(path)) {
        for (int r = 0; r < pack.size(); r++) {
          assertThat(pack.bytes(r).toArray()).hasSize(pack.length(r));
          pack.verify(r);
        }
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("a.h5");
      }
    }
  }

  @Test
  @Tag("slow")
  void readsRecordsBeyondTwoGigabytes(@TempDir Path disk) throws IOException {
    Size size = new Size(16_000, 10_000);
    Path path = disk.resolve("large.h5");
    ByteBuffer large = ByteBuffer.allocateDirect((int) size.pixels() * 3);
    try (PackWriter writer = PackWriter.open(path, Encoding.RAW, Map.of())) {
      for (int i = 0; i < 6; i++) {
        large.put(12_345, (byte) (i + 1));
        writer.append(new ImageRecord("r" + i, 0, size, size, Region.of(size)), Bytes.of(large));
      }
      writer.finish();
    }
    assertThat(Files.size(path)).isGreaterThan(2L << 30);
    try (Pack pack = Pack.open(path)) {
      for (int i = 0; i < 6; i++) {
        assertThat(pack.bytes(i).get(12_345)).isEqualTo(i + 1);
        assertThat(pack.verify(i)).isTrue();
      }
    }
  }
}
