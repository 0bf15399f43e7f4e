package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.instar.image.InputException;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a damaged file of weights holds, it is read or refused by name, soon and in bounds. */
final class DamagedWeightsTest {
  /** Where structure is: at the start of every format, and at the end of a zip archive. */
  private static final int START = 3000;

  private static final int END = 1500;

  @TempDir Path folder;

  @Test
  void goldenFilesAreReadOrRefused() throws IOException {
    assertThat(mutateAll(golden(), 0, 150)).isPositive();
  }

  @Test
  @Tag("slow")
  void goldenFilesAreReadOrRefusedTensOfThousandsOfTimes() throws IOException {
    assertThat(mutateAll(golden(), 150, 1500)).isPositive();
  }

  @Test
  void ownFilesAreReadOrRefused() throws IOException {
    Map<String, StoredTensor> tensors = TorchArchiveWriterTest.oneOfEach();
    Path archive = folder.resolve("own.pth");
    TorchArchiveWriter.write(archive, tensors);
    tensors.values().removeIf(tensor -> !tensor.type().inSafetensors());
    Path safetensors = folder.resolve("own.safetensors");
    SafetensorsWriter.writeChecked(safetensors, tensors, Map.of("format", "pt"));
    assertThat(mutateAll(List.of(archive, safetensors), 0, 1000)).isPositive();
  }

  private static List<Path> golden() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("golden/checkpoints"))) {
      return files
          .filter(file -> !file.toString().endsWith(".json"))
          .filter(file -> file.toFile().length() > 16)
          .sorted()
          .toList();
    }
  }

  /** How many of the mutants could still be read: none would mean that nothing deep was reached. */
  private int mutateAll(List<Path> originals, int firstSeed, int endSeed) throws IOException {
    int read = 0;
    for (Path original : originals) {
      byte[] bytes = Files.readAllBytes(original);
      for (int seed = firstSeed; seed < endSeed; seed++) {
        Path mutant = folder.resolve("mutant");
        Files.write(mutant, damage(bytes, new SplittableRandom(seed)));
        try {
          read += reads(mutant) ? 1 : 0;
        } catch (RuntimeException | IOException | StackOverflowError | OutOfMemoryError e) {
          fail(original.getFileName() + " with seed " + seed + " breaks reading", e);
        }
        // A mapped file that is written again in place would change under its mapping.
        Files.delete(mutant);
      }
    }
    return read;
  }

  /** A few bytes changed, cut off, doubled or copied from elsewhere. */
  private static byte[] damage(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = place(bytes.length, random);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) 0xff;
        case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes[at] = bytes[place(bytes.length, random)];
        case 4 -> {
          int length = Math.min(1 + random.nextInt(12), bytes.length - at);
          int from = Math.min(place(bytes.length, random), bytes.length - length);
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> bytes = random.nextInt(8) == 0 ? cut(bytes, at) : bytes;
      }
    }
    return bytes;
  }

  private static byte[] cut(byte[] bytes, int at) {
    return at == 0 ? bytes : Arrays.copyOf(bytes, at);
  }

  private static int place(int length, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> random.nextInt(Math.min(START, length));
      case 2 -> length - 1 - random.nextInt(Math.min(END, length));
      default -> random.nextInt(length);
    };
  }

  /** Reads every byte of every tensor. */
  private static boolean reads(Path file) throws IOException {
    try (WeightsFile weights = WeightsFile.open(file)) {
      for (StoredTensor tensor : weights.tensors().values()) {
        assertThat(tensor.data().toArray())
            .hasSize((int) (tensor.elements() * tensor.type().bytes()));
      }
      weights.verify();
      return true;
    } catch (InputException refused) {
      assertThat(refused).hasMessageStartingWith(file.toString());
      return false;
    }
  }
}
