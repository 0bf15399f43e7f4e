package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.memory.Bytes;
import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeTry;

final class PackPropertyTest {
  private final Path folder = FastFolder.create();
  private final Path straight = folder.resolve("straight.h5");
  private final Path target = folder.resolve("a.h5");

  PackPropertyTest() throws IOException {}

  @BeforeTry
  void clear() throws IOException {
    Files.deleteIfExists(straight);
    Files.deleteIfExists(target);
  }

  @AfterProperty
  void remove() throws IOException {
    clear();
    Files.delete(folder);
  }

  @Property(tries = 100)
  void anyRecordsComeBack(
      @ForAll @IntRange(max = 60) int count,
      @ForAll @IntRange(max = 5000) int longest,
      @ForAll long seed)
      throws IOException {
    List<Sample> samples = Samples.random(count, longest, seed);
    PackRoundTripTest.assertHolds(Samples.pack(target, samples), samples);
  }

  @Property(tries = 100)
  void anyCommitsAndCrashesGiveTheSameBytes(
      @ForAll @IntRange(min = 1, max = 30) int count, @ForAll long seed) throws IOException {
    List<Sample> samples = Samples.random(count, 300, seed);
    Samples.pack(straight, samples);
    SplittableRandom random = new SplittableRandom(seed);
    while (!Files.exists(target)) {
      run(samples, random);
    }
    assertThat(target).hasSameBinaryContentAs(straight);
  }

  /** Writes until it is done, or is stopped by chance, losing some of what was not committed. */
  private void run(List<Sample> samples, SplittableRandom random) throws IOException {
    Path partial = Publication.partialOf(target);
    long committed = PackLog.START;
    try (PackWriter writer = PackWriter.open(target, Encoding.JPEG, Samples.ATTRIBUTES)) {
      for (Sample sample : samples) {
        if (writer.contains(sample.record().name())) {
          continue;
        }
        writer.append(sample.record(), Bytes.copyOf(sample.content()));
        if (random.nextInt(5) == 0) {
          writer.commit();
          committed = Files.size(partial);
        }
        if (random.nextInt(10) == 0) {
          break;
        }
      }
      if (writer.size() == samples.size() && random.nextBoolean()) {
        writer.finish();
        return;
      }
    }
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      channel.truncate(random.nextLong(committed, channel.size() + 1));
    }
  }
}
