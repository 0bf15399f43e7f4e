package dev.instar.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a damaged file holds, reading it ends, soon and in an {@link IOException} at worst. */
final class DamagedFilesTest {
  private static final int LARGEST_READ = 1 << 24;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"awkward_images", "group_binary", "other_valid_storage", "root_pixels"})
  void endsInAnExceptionAtWorst(String name) throws Exception {
    mutate(Files.readAllBytes(SharedData.path("golden/hdf5/" + name + ".hdf5")), 0, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"awkward_images", "group_binary", "other_valid_storage", "root_pixels"})
  @Tag("slow")
  void endsInAnExceptionAtWorstTensOfThousandsOfTimes(String name) throws Exception {
    mutate(Files.readAllBytes(SharedData.path("golden/hdf5/" + name + ".hdf5")), 400, 20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense.h5", "chunks.h5", "virtual.h5"})
  void endsInAnExceptionAtWorstForNewStyleFiles(String name) throws Exception {
    NewStyleFiles.copy(folder);
    mutate(Files.readAllBytes(folder.resolve(name)), 0, 400);
  }

  @FuzzTest(maxDuration = "60s")
  void survivesWhateverTheFuzzerFinds(byte[] file) throws Exception {
    readAll(Files.write(folder.resolve("fuzzed.h5"), file));
  }

  private void mutate(byte[] original, int firstSeed, int endSeed) throws Exception {
    int read = 0;
    for (int seed = firstSeed; seed < endSeed; seed++) {
      byte[] damaged = damage(original, new SplittableRandom(seed));
      Path path = Files.write(folder.resolve("damaged.h5"), damaged);
      try {
        read += readAll(path);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail("seed " + seed + " breaks reading", e);
      }
      Files.delete(path);
    }
    // Some damage hits only pictures: a reader that refused everything would prove nothing.
    assertThat(read).isPositive();
  }

  /**
   * A few bytes changed, mostly in the structure at the start; sometimes the end cut off or a
   * stretch copied elsewhere.
   */
  private static byte[] damage(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int reach = random.nextInt(10) < 8 ? Math.min(9000, bytes.length) : bytes.length;
      int at = random.nextInt(reach);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) 0xff;
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        default -> {
          int length = Math.min(8, bytes.length - at);
          System.arraycopy(bytes, random.nextInt(bytes.length - length), bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /**
   * Reads everything that the file lets itself be asked for; the number of datasets that could be
   * read.
   */
  private static int readAll(Path path) {
    int read = 0;
    try (Hdf5File file = Hdf5File.open(path)) {
      for (String group : new String[] {"/", "/bioscan_dataset"}) {
        if (!file.isGroup(group)) {
          continue;
        }
        file.attributes(group);
        for (Link link : file.links(group)) {
          read += read(file, link) ? 1 : 0;
        }
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(path.toString());
    }
    return read;
  }

  private static boolean read(Hdf5File file, Link link) {
    try {
      Hdf5Dataset dataset = file.dataset(link);
      dataset.attributes();
      dataset.mapped();
      if (dataset.byteSize() <= LARGEST_READ) {
        dataset.readBytes();
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
