package dev.instar.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.instar.convert.Conversion.Execution;
import dev.instar.convert.Geometry.Side;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.image.Filter;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.pack.Encoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {
  private static final ConversionPlan PLAN =
      new ConversionPlan(
          new Geometry(32, Side.SHORTER, false),
          Cropping.WHOLE,
          0xf0f0f0,
          Filter.AREA,
          Encoding.JPEG,
          new JpegPolicy(80, Chroma.S420),
          1_000_000);

  @TempDir Path folder;
  private final MemorySource source = new MemorySource();
  private final MemorySink sink = new MemorySink();

  @BeforeEach
  void fill() {
    byte[] whole = Pictures.jpeg(120, 90, 4);
    for (int i = 0; i < 20; i++) {
      source.with("good" + i + ".jpg", Pictures.jpeg(100 + i, 80, i));
    }
    source.with("cut.jpg", Arrays.copyOf(whole, whole.length / 2));
    source.with("text.jpg", "not a picture".getBytes(StandardCharsets.UTF_8));
    source.with("../evil.jpg", whole);
    source.with("good3.jpg", whole);
    source.failing("gone.jpg", new IOException("no such file"));
    source.with("huge.jpg", Pictures.jpeg(1200, 900, 1));
    source.with("last.jpg", whole);
  }

  private RunResult<Counts> run(Execution execution) throws IOException, InterruptedException {
    try (Quarantine quarantine = Quarantine.open(folder.resolve("out.h5"));
        Skipped skipped = Skipped.open(folder.resolve("out.h5"))) {
      return new Conversion(source, sink, quarantine, skipped, PLAN, execution).run();
    }
  }

  private static Execution threads(int threads) {
    return new Execution(threads, ShardPlan.WHOLE, false, false, Stop.NEVER, Progress.silent());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void storesEveryGoodRecordInOrderAndAccountsForEveryBadOne(int threads) throws Exception {
    RunResult<Counts> result = run(threads(threads));

    assertThat(result.finished()).isTrue();
    assertThat(sink.finished).isTrue();
    assertThat(sink.kept.keySet())
        .hasSize(21)
        .startsWith("good0.jpg", "good1.jpg")
        .endsWith("last.jpg");
    Counts counts = result.counts();
    assertThat(counts.read()).isEqualTo(27);
    assertThat(counts.written()).isEqualTo(21);
    assertThat(counts.quarantined()).isEqualTo(6);
    assertThat(counts.reasons())
        .containsOnlyKeys(
            "truncated",
            "not-an-image",
            "unsafe-name",
            "duplicate-name",
            "unreadable",
            "too-many-pixels")
        .containsValue(1L);
    try (Quarantine quarantine = Quarantine.open(folder.resolve("out.h5"))) {
      assertThat(quarantine.entries())
          .extracting(Quarantine.Entry::name)
          .containsExactlyInAnyOrder(
              "cut.jpg", "text.jpg", "../evil.jpg", "good3.jpg", "gone.jpg", "huge.jpg");
    }
  }

  @Test
  void recordsSayWhatTheyWereMadeFrom() throws Exception {
    run(threads(2));
    assertThat(sink.kept.get("good5.jpg").record().original()).isEqualTo(new Size(105, 80));
    assertThat(sink.kept.get("good5.jpg").record().size()).isEqualTo(new Size(42, 32));
    assertThat(sink.kept.get("good5.jpg").record().box()).isEqualTo(new Region(0, 0, 105, 80));
    assertThat(sink.kept.get("good5.jpg").record().part()).isEqualTo(5 % 3);
  }

  @Test
  void theNumberOfThreadsDoesNotChangeAByte() throws Exception {
    run(threads(1));
    MemorySink other = new MemorySink();
    try (Quarantine quarantine = Quarantine.open(folder.resolve("other.h5"));
        Skipped skipped = Skipped.open(folder.resolve("other.h5"))) {
      new Conversion(source, other, quarantine, skipped, PLAN, threads(5)).run();
    }
    assertThat(other.kept.keySet()).containsExactlyElementsOf(sink.kept.keySet());
    other.kept.forEach(
        (name, kept) -> assertThat(kept.bytes()).as(name).isEqualTo(sink.kept.get(name).bytes()));
  }

  @Test
  void aSecondRunFindsEverythingThere() throws Exception {
    run(threads(2));
    RunResult<Counts> again = run(threads(2));
    assertThat(again.counts().written()).isZero();
    assertThat(again.counts().alreadyThere()).isEqualTo(21);
    assertThat(again.counts().quarantined()).isEqualTo(6);
    assertThat(again.counts().read()).isEqualTo(27);
  }

  @Test
  void stopsBetweenRecordsAndContinuesLater() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    RunResult<Counts> first =
        run(
            new Execution(
                2,
                ShardPlan.WHOLE,
                false,
                false,
                () -> asked.incrementAndGet() > 5,
                Progress.silent()));
    assertThat(first.finished()).isFalse();
    assertThat(sink.finished).isFalse();
    assertThat(first.counts().written()).isBetween(1L, 20L);

    RunResult<Counts> second = run(threads(2));
    assertThat(second.finished()).isTrue();
    assertThat(second.counts().alreadyThere()).isEqualTo(first.counts().written());
    assertThat(sink.kept).hasSize(21);
  }

  @Test
  void retriesWhatIsQuarantinedOnlyWhenAsked() throws Exception {
    MemorySource mended = new MemorySource();
    mended.with("a.jpg", "torn".getBytes(StandardCharsets.UTF_8));
    Path output = folder.resolve("mend.h5");
    try (Quarantine quarantine = Quarantine.open(output);
        Skipped skipped = Skipped.open(output)) {
      new Conversion(mended, sink, quarantine, skipped, PLAN, threads(1)).run();
    }
    MemorySource now = new MemorySource().with("a.jpg", Pictures.jpeg(64, 64, 2));
    try (Quarantine quarantine = Quarantine.open(output);
        Skipped skipped = Skipped.open(output)) {
      RunResult<Counts> result =
          new Conversion(now, sink, quarantine, skipped, PLAN, threads(1)).run();
      assertThat(result.counts().quarantined()).isEqualTo(1);
    }
    Execution retry = new Execution(1, ShardPlan.WHOLE, false, true, Stop.NEVER, Progress.silent());
    try (Quarantine quarantine = Quarantine.open(output);
        Skipped skipped = Skipped.open(output)) {
      RunResult<Counts> result = new Conversion(now, sink, quarantine, skipped, PLAN, retry).run();
      assertThat(result.counts().written()).isEqualTo(1);
      assertThat(result.counts().quarantined()).isZero();
    }
    assertThat(Quarantine.fileFor(output)).doesNotExist();
  }

  @Test
  void endsAtTheFirstBadRecordWhenAsked() {
    Execution strict =
        new Execution(3, ShardPlan.WHOLE, true, false, Stop.NEVER, Progress.silent());
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> run(strict))
        .withMessageContaining("memory!");
  }

  @Test
  void aFullDiskEndsTheRunWithOneError() {
    sink.failAfter = 4;
    assertThatIOException()
        .isThrownBy(() -> run(threads(3)))
        .withMessage("No space left on device");
    assertThat(sink.kept).hasSize(4);
    assertThat(sink.finished).isFalse();
  }

  @Test
  void shardsTogetherHoldWhatOneRunHolds() throws Exception {
    for (int i = 0; i < 4; i++) {
      try (Quarantine quarantine = Quarantine.open(folder.resolve("shard" + i));
          Skipped skipped = Skipped.open(folder.resolve("shard" + i))) {
        Execution share =
            new Execution(2, new ShardPlan(i, 4), false, false, Stop.NEVER, Progress.silent());
        new Conversion(source, sink, quarantine, skipped, PLAN, share).run();
      }
    }
    assertThat(sink.kept).hasSize(21);
  }
}
