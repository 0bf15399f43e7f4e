package dev.instar.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.convert.Conversion.Execution;
import dev.instar.convert.Progress;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunResult;
import dev.instar.convert.ShardPlan;
import dev.instar.convert.Stop;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.crop.BoxWriter;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.crop.Quality;
import dev.instar.image.Region;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SurveyTest {
  private static final int GOOD = 23;

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void draw() throws IOException {
    photos = Pictures.folder(folder.resolve("photos"), GOOD);
  }

  private static Lookout darkestPart() {
    return new DetectorLookout(DarkestPart::new, new BoxChoice(0, 1));
  }

  private RunResult<SurveyCounts> run(Path output, Lookout lookout, int threads, Stop stop)
      throws IOException, InterruptedException {
    return run(output, lookout, threads, stop, Optional.empty());
  }

  private RunResult<SurveyCounts> run(
      Path output, Lookout lookout, int threads, Stop stop, Optional<OverlayFolder> overlays)
      throws IOException, InterruptedException {
    Execution execution =
        new Execution(threads, ShardPlan.WHOLE, false, false, stop, Progress.silent());
    try (ImageSource source = Sources.open(List.of(photos.toString()), Limits.DEFAULT);
        SurveyBoxes boxes = SurveyBoxes.open(output);
        Quarantine quarantine = Quarantine.open(output)) {
      RunResult<SurveyCounts> result =
          new Survey(source, lookout, boxes, overlays, quarantine, 1_000_000, execution).run();
      if (result.finished()) {
        boxes.finish();
      }
      return result;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void findsEveryInsectAndAccountsForEveryPhotograph(int threads) throws Exception {
    Path output = folder.resolve("boxes.csv");
    RunResult<SurveyCounts> result = run(output, darkestPart(), threads, Stop.NEVER);

    SurveyCounts counts = result.counts();
    assertThat(result.finished()).isTrue();
    assertThat(counts.read()).isEqualTo(GOOD + 2);
    assertThat(counts.looked()).isEqualTo(GOOD);
    assertThat(counts.quarantined()).isEqualTo(2);
    assertThat(counts.reasons()).containsOnlyKeys("truncated", "not-an-image");
    assertThat(counts.photographs()).isEqualTo(GOOD);
    assertThat(counts.withoutBox()).isEqualTo(3);
    assertThat(counts.withBox()).isEqualTo(GOOD - 3).isEqualTo(counts.boxes());
    assertThat(counts.verdicts()).containsEntry("valid", 20L).containsEntry("empty", 3L);

    List<BoxRecord> records = BoxRecords.read(output);
    assertThat(records).hasSize(GOOD);
    for (int i = 0; i < GOOD; i++) {
      BoxRecord record = records.get(i);
      assertThat(record.name()).isEqualTo("row" + i / 6 + "/well" + i % 6 + ".jpg");
      Region insect = Pictures.insectOf(i);
      if (insect.isEmpty()) {
        assertThat(record.detections()).isEmpty();
        assertThat(record.verdict()).contains(Quality.EMPTY);
      } else {
        BoundingBox box = record.best().orElseThrow().box();
        assertThat(box.x0()).isCloseTo(insect.x(), within(8f));
        assertThat(box.y1()).isCloseTo(insect.bottom(), within(8f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"boxes.csv", "boxes.json"})
  void interruptedRunsEndWithTheBytesOfACalmOne(String name) throws Exception {
    Path calm = folder.resolve("calm-" + name);
    run(calm, darkestPart(), 1, Stop.NEVER);
    Path output = folder.resolve(name);
    int runs = 0;
    boolean finished = false;
    while (!finished) {
      AtomicInteger asked = new AtomicInteger();
      finished = run(output, darkestPart(), 2, () -> asked.incrementAndGet() > 4).finished();
      assertThat(output.toFile().exists()).isEqualTo(finished);
      runs++;
    }
    assertThat(runs).isGreaterThan(3);
    assertThat(output).hasSameBinaryContentAs(calm);
    assertThat(BoxWriter.unfinished(output)).doesNotExist();
  }

  @Test
  void aRunThatWasCutShortWithinALineGoesOn() throws Exception {
    Path calm = folder.resolve("calm.csv");
    run(calm, darkestPart(), 1, Stop.NEVER);
    Path output = folder.resolve("boxes.csv");
    byte[] whole = Files.readAllBytes(calm);
    for (int length : new int[] {0, 20, 120, 400, whole.length - 1}) {
      Files.write(BoxWriter.unfinished(output), Arrays.copyOf(whole, length));
      assertThat(run(output, darkestPart(), 2, Stop.NEVER).finished()).isTrue();
      assertThat(output).hasSameBinaryContentAs(calm);
      Files.delete(output);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"boxes.csv", "boxes.json"})
  void aSecondRunLooksAtNothingAndLaterPhotographsAreAdded(String name) throws Exception {
    Path output = folder.resolve(name);
    run(output, darkestPart(), 2, Stop.NEVER);
    byte[] before = Files.readAllBytes(output);

    SurveyCounts again = run(output, darkestPart(), 2, Stop.NEVER).counts();
    assertThat(again.looked()).isZero();
    assertThat(again.alreadyThere()).isEqualTo(GOOD);
    assertThat(again.withoutBox()).isEqualTo(3);
    assertThat(output).hasBinaryContent(before);

    Files.copy(photos.resolve("row0/well1.jpg"), photos.resolve("row2/later.jpg"));
    SurveyCounts more = run(output, darkestPart(), 2, Stop.NEVER).counts();
    assertThat(more.looked()).isEqualTo(1);
    assertThat(more.photographs()).isEqualTo(GOOD + 1);
    assertThat(BoxRecords.read(output))
        .extracting(BoxRecord::name)
        .hasSize(GOOD + 1)
        .endsWith("row2/later.jpg");
  }

  @Test
  void boxesOfLowScoresAndBoxesBeyondTheMostAreLeftOut() throws Exception {
    Path all = folder.resolve("all.csv");
    run(all, darkestPart(), 1, Stop.NEVER);
    double[] scores =
        BoxRecords.read(all).stream()
            .flatMap(record -> record.best().stream())
            .mapToDouble(Detection::score)
            .sorted()
            .toArray();
    double middle = scores[scores.length / 2];
    Path some = folder.resolve("some.csv");
    Lookout choosy = new DetectorLookout(DarkestPart::new, new BoxChoice(middle, 1));
    assertThat(run(some, choosy, 1, Stop.NEVER).counts().withBox())
        .isEqualTo(Arrays.stream(scores).filter(score -> score >= middle).count())
        .isLessThan(scores.length);

    Detection low = new Detection(new BoundingBox(0, 0, 4, 4), 0.25f);
    Detection high = new Detection(new BoundingBox(1, 1, 5, 5), 0.75f);
    Observation both = new Observation(Pictures.SIZE, List.of(low, high), Optional.empty());
    assertThat(new BoxChoice(0, 1).of(both).detections()).containsExactly(high);
    assertThat(new BoxChoice(0.25, 5).of(both).detections()).containsExactly(high, low);
    assertThat(new BoxChoice(0.3, 5).of(both).detections()).containsExactly(high);
  }

  /** Says of each photograph which others it was looked at with, by way of its box. */
  private static final class Batched implements Lookout {
    private final AtomicInteger open = new AtomicInteger();
    private final List<List<Integer>> batches = new ArrayList<>();

    private record Bytes(int size, AtomicInteger open) implements Glimpse {
      @Override
      public Optional<Observation> observation() {
        return Optional.empty();
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    }

    @Override
    public int batch() {
      return 4;
    }

    @Override
    public Worker worker() {
      return new Worker() {
        @Override
        public Glimpse glimpse(Photograph photograph) {
          open.incrementAndGet();
          return new Bytes(photograph.content().bytes().size(), open);
        }

        @Override
        public long memoryFor(Photograph photograph) {
          return photograph.content().bytes().size();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public List<Observation> look(List<Glimpse> batch) {
      List<Integer> sizes = batch.stream().map(glimpse -> ((Bytes) glimpse).size()).toList();
      batches.add(sizes);
      int sum = sizes.stream().mapToInt(Integer::intValue).sum();
      List<Observation> seen = new ArrayList<>();
      for (int i = 0; i < sizes.size(); i++) {
        Detection box = new Detection(new BoundingBox(i, sizes.size(), i + 1, sum), 0.5f);
        seen.add(new Observation(Pictures.SIZE, List.of(box), Optional.empty()));
      }
      return seen;
    }

    @Override
    public void close() {}
  }

  @Test
  void batchesFollowFromTheInputAlone() throws Exception {
    Path calm = folder.resolve("calm.csv");
    Batched lookout = new Batched();
    run(calm, lookout, 1, Stop.NEVER);
    assertThat(lookout.open).hasValue(0);
    // The text, number 7 of the input, drops out of its batch, whose last it is.
    assertThat(lookout.batches).extracting(List::size).containsExactly(4, 3, 4, 4, 4, 4, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatIsSeenInBatchesDependsNeitherOnThreadsNorOnInterruptions(int threads) throws Exception {
    Path calm = folder.resolve("calm.csv");
    run(calm, new Batched(), 1, Stop.NEVER);
    Path output = folder.resolve("boxes.csv");
    boolean finished = false;
    for (int runs = 0; !finished; runs++) {
      int most = 5 + runs;
      AtomicInteger asked = new AtomicInteger();
      Batched lookout = new Batched();
      finished = run(output, lookout, threads, () -> asked.incrementAndGet() > most).finished();
      assertThat(lookout.open).hasValue(0);
    }
    assertThat(output).hasSameBinaryContentAs(calm);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void overlaysLieUnderTheirPhotographsNamesWheneverTheyAreAskedFor(boolean batched)
      throws Exception {
    Path output = folder.resolve("boxes.csv");
    Path pictures = folder.resolve("review");
    Optional<OverlayFolder> overlays = Optional.of(new OverlayFolder(pictures, 200));
    run(output, batched ? new Batched() : darkestPart(), 2, Stop.NEVER, overlays);
    Map<String, byte[]> first = filesBelow(pictures);

    assertThat(first).hasSize(GOOD).containsKeys("row0/well0.jpg", "row3/well0.jpg");
    try (ImageSource drawn = Sources.open(List.of(pictures.toString()), Limits.DEFAULT);
        NativeBuffer scratch = NativeBuffer.allocate(0)) {
      Photograph overlay = Photograph.of(drawn.read(0, scratch), 1_000_000);
      assertThat(overlay.size().width()).isEqualTo(200);
      assertThat(overlay.size().height()).isEqualTo(150);
    }

    byte[] boxes = Files.readAllBytes(output);
    Files.delete(pictures.resolve("row1/well2.jpg"));
    SurveyCounts again =
        run(output, batched ? new Batched() : darkestPart(), 2, Stop.NEVER, overlays).counts();
    assertThat(again.looked()).isZero();
    assertThat(again.drawn()).isEqualTo(1);
    assertThat(again.read()).isEqualTo(GOOD + 2);
    assertThat(output).hasBinaryContent(boxes);
    Map<String, byte[]> second = filesBelow(pictures);
    assertThat(second.keySet()).isEqualTo(first.keySet());
    second.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(first.get(name)));
  }

  @Test
  void photographsThatATableOfTabsCannotNameAreRefused() throws Exception {
    Path output = folder.resolve("boxes.tsv");
    SurveyCounts counts = run(output, darkestPart(), 2, Stop.NEVER).counts();

    assertThat(counts.looked()).isEqualTo(6);
    assertThat(counts.reasons()).containsEntry("duplicate-name", (long) GOOD - 6);

    Files.move(photos.resolve("row0/well0.jpg"), photos.resolve("row0/blank .jpg"));
    SurveyCounts again = run(folder.resolve("b.tsv"), darkestPart(), 2, Stop.NEVER).counts();
    assertThat(again.reasons()).containsEntry("unsafe-name", 1L);
    assertThat(again.looked()).isEqualTo(6);
  }

  private static Map<String, byte[]> filesBelow(Path folder) throws IOException {
    Map<String, byte[]> found = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return found;
  }

  @Test
  void namesOfFilesInOverlaysAreThoseOfPhotographs() {
    Set<String> names = new TreeSet<>();
    for (String name : List.of("a.jpg", "b/a.JPEG", "a.png", "a.tif", "noending")) {
      names.add(OverlayFolder.pathOf(name));
    }
    assertThat(names)
        .containsExactly("a.jpg", "a.png.jpg", "a.tif.jpg", "b/a.JPEG", "noending.jpg");
  }
}
