package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.crop.BoundingBox;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Normalisation;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.ForeignMemory;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import dev.instar.testing.ExifJpeg;
import dev.instar.train.detection.SetCriterion.Target;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DetectionLoaderTest {
  private static final Size WIDE = new Size(80, 60);
  private static final Size HIGH = new Size(60, 80);
  private static final BoundingBox INSECT = new BoundingBox(16, 8, 40, 32);
  private static final BoundingBox OTHER = new BoundingBox(44, 40, 56, 52);
  private static final DetectionAugmentation ALL =
      new DetectionAugmentation(0.5, 0.5, 0.5, 0.3, 1.25, 0.3, 0.3, 0.3, 0.05);

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private DrawnPhotographs photographs;

  @BeforeEach
  void draw() {
    photographs = new DrawnPhotographs();
    for (int i = 0; i < 14; i++) {
      Size size = i % 4 == 3 ? HIGH : WIDE;
      BoundingBox[] insects = {INSECT, OTHER};
      photographs.jpeg(i + ".jpg", size, Arrays.copyOf(insects, i % 3));
    }
  }

  private static DetectionPlan plan(boolean shuffled, int threads, int queue) {
    return new DetectionPlan(
        4,
        shuffled,
        threads,
        queue,
        11,
        List.of(24, 32),
        64,
        shuffled ? ALL : DetectionAugmentation.NONE,
        Normalisation.NONE);
  }

  private DetectionLoader loader(ImageSource source, DetectionPlan plan) throws IOException {
    DetectionSamples samples =
        DetectionSamples.of(source, photographs.boxes(folder), (location, reason) -> {});
    return DetectionLoader.open(
        samples, plan, (location, reason) -> told.add(location + ": " + reason.getMessage()));
  }

  /** What a batch holds, to compare. */
  private record Copied(int number, Size picture, List<Integer> records, String content) {}

  private static Copied copied(DetectionBatch batch) {
    float[] values = values(batch);
    StringBuilder targets = new StringBuilder();
    for (Target target : batch.targets()) {
      targets.append(Arrays.toString(target.boxes())).append(Arrays.toString(target.labels()));
    }
    return new Copied(
        batch.number(),
        batch.picture(),
        batch.samples().stream().map(DetectionSample::record).toList(),
        Arrays.hashCode(values) + " " + targets);
  }

  private static float[] values(DetectionBatch batch) {
    int bytes = batch.size() * DetectionBatch.pictureBytes(batch.picture());
    FloatBuffer view = ForeignMemory.view(batch.images(), bytes).asFloatBuffer();
    float[] values = new float[view.remaining()];
    view.get(values);
    return values;
  }

  private static List<Copied> read(DetectionLoader loader, int epoch, int first)
      throws IOException, InterruptedException {
    List<Copied> batches = new ArrayList<>();
    try (DetectionEpoch open = loader.epoch(epoch, first)) {
      for (Optional<DetectionBatch> next = open.next(); next.isPresent(); next = open.next()) {
        try (DetectionBatch batch = next.get()) {
          batches.add(copied(batch));
        }
      }
    }
    return batches;
  }

  @Test
  void batchesDependOnNeitherThreadsNorQueueNorWhereTheEpochBegan() throws Exception {
    List<Copied> expected;
    try (DetectionLoader loader = loader(photographs, plan(true, 1, 2))) {
      expected = read(loader, 2, 0);
      assertThat(expected).hasSize(loader.batches());
      assertThat(read(loader, 3, 0)).isNotEqualTo(expected);
    }
    try (DetectionLoader loader = loader(slow(photographs), plan(true, 3, 5))) {
      assertThat(read(loader, 2, 0)).isEqualTo(expected);
      assertThat(read(loader, 2, 2)).isEqualTo(expected.subList(2, expected.size()));
      assertThat(read(loader, 2, loader.batches())).isEmpty();
    }
    assertThat(expected.stream().flatMap(batch -> batch.records().stream()))
        .hasSize(14)
        .doesNotHaveDuplicates();
  }

  @Test
  void picturesShowInsectsWhereTargetsSayTheyAre() throws Exception {
    try (DetectionLoader loader = loader(photographs, plan(true, 2, 2));
        DetectionEpoch epoch = loader.epoch(0, 0)) {
      int things = 0;
      for (Optional<DetectionBatch> next = epoch.next(); next.isPresent(); next = epoch.next()) {
        try (DetectionBatch batch = next.get()) {
          float[] values = values(batch);
          int pixels = (int) batch.picture().pixels();
          for (int i = 0; i < batch.size(); i++) {
            float darkest = lowest(values, i * 3 * pixels, pixels);
            float[] boxes = batch.targets().get(i).boxes();
            for (int at = 0; at < boxes.length; at += 4, things++) {
              int x = (int) (boxes[at] * batch.picture().width());
              int y = (int) (boxes[at + 1] * batch.picture().height());
              assertThat(values[i * 3 * pixels + y * batch.picture().width() + x])
                  .isGreaterThan(darkest + 0.3f);
            }
          }
        }
      }
      assertThat(things).isGreaterThan(9);
    }
  }

  private static float lowest(float[] values, int from, int count) {
    float lowest = values[from];
    for (int i = from; i < from + count; i++) {
      lowest = Math.min(lowest, values[i]);
    }
    return lowest;
  }

  @Test
  void forMeasuringEveryPhotographIsItself() throws Exception {
    try (DetectionLoader loader = loader(photographs, plan(false, 2, 2));
        DetectionEpoch epoch = loader.epoch(0, 0);
        DetectionBatch batch = epoch.next().orElseThrow()) {
      assertThat(batch.picture()).isEqualTo(new Size(42, 32));
      assertThat(batch.samples()).extracting(DetectionSample::record).containsExactly(0, 1, 2, 4);
      assertThat(batch.targets().get(0).things()).isZero();
      assertThat(batch.targets().get(1).boxes())
          .containsExactly(new float[] {0.35f, 1 / 3f, 0.3f, 0.4f}, within(1e-6f));
      assertThat(batch.samples().get(2).boxes()).containsExactlyInAnyOrder(INSECT, OTHER);
    }
  }

  @Test
  void turnedPhotographsStandUprightAndOtherFormatsAreRead() throws Exception {
    byte[] stored = DrawnPhotographs.encoded(HIGH, "jpg", INSECT);
    // Turned clockwise by 90 degrees, (x, y) comes to (79 - y, x).
    photographs = new DrawnPhotographs();
    photographs
        .content("turned.jpg", new Content.Encoded(Bytes.copyOf(ExifJpeg.oriented(stored, 6))))
        .row("turned.jpg", WIDE, "48,16,24,24")
        .content(
            "a.png",
            new Content.Encoded(Bytes.copyOf(DrawnPhotographs.encoded(WIDE, "png", INSECT))))
        .row("a.png", new Size(160, 120), "32,16,48,48")
        .content("raw", DrawnPhotographs.pixels(WIDE, INSECT))
        .row("raw", WIDE, "16,8,24,24");
    try (DetectionLoader loader = loader(photographs, plan(false, 1, 2));
        DetectionEpoch epoch = loader.epoch(0, 0);
        DetectionBatch batch = epoch.next().orElseThrow()) {
      assertThat(batch.size()).isEqualTo(3);
      float[] values = values(batch);
      int pixels = (int) batch.picture().pixels();
      for (int i = 0; i < batch.size(); i++) {
        float[] box = batch.targets().get(i).boxes();
        assertThat(box[2]).isCloseTo(0.3f, within(1e-6f));
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 42; x++) {
            double inside =
                Math.min(
                    box[2] / 2 - Math.abs((x + 0.5) / 42 - box[0]),
                    box[3] / 2 - Math.abs((y + 0.5) / 32 - box[1]));
            if (Math.abs(inside) > 0.06) {
              assertThat(values[i * 3 * pixels + y * 42 + x] > 0.58f).isEqualTo(inside > 0);
            }
          }
        }
      }
    }
  }

  @Test
  void unusablePhotographsAreLeftOutAndNamedOnce() throws Exception {
    photographs
        .row("broken.jpg", WIDE, "16,8,24,24")
        .content("broken.jpg", new Content.Encoded(Bytes.copyOf(new byte[100])))
        .row("another shape.jpg", HIGH, "16,8,24,24")
        .content("another shape.jpg", DrawnPhotographs.pixels(WIDE, INSECT));
    byte[] cut = DrawnPhotographs.encoded(WIDE, "jpg", INSECT);
    photographs
        .row("cut.jpg", WIDE, "16,8,24,24")
        .content("cut.jpg", new Content.Encoded(Bytes.copyOf(Arrays.copyOf(cut, 400))));
    try (DetectionLoader loader = loader(photographs, plan(true, 2, 3))) {
      for (int epoch = 0; epoch < 2; epoch++) {
        assertThat(read(loader, epoch, 0).stream().flatMap(batch -> batch.records().stream()))
            .hasSize(14)
            .doesNotContain(14, 15, 16);
      }
      assertThat(loader.skipped()).isEqualTo(6);
      assertThat(told).hasSize(3);
      assertThat(told).anyMatch(line -> line.startsWith("memory/cut.jpg: "));
      assertThat(told).anyMatch(line -> line.contains("drawn on a picture of 60x80"));
    }
  }

  @Test
  void picturesAfterAGapKeepTheirTargets() throws Exception {
    try (DetectionLoader loader = loader(photographs, plan(false, 1, 2));
        DetectionEpoch epoch = loader.epoch(0, 0);
        DetectionBatch batch = epoch.next().orElseThrow()) {
      int one = values(batch).length / batch.size();
      float[] second = Arrays.copyOfRange(values(batch), one, 2 * one);
      ImageSource gap = failing(new InputException(Fault.UNREADABLE, "no"), 0);
      try (DetectionLoader other = loader(gap, plan(false, 1, 2));
          DetectionEpoch again = other.epoch(0, 0);
          DetectionBatch rest = again.next().orElseThrow()) {
        assertThat(rest.size()).isEqualTo(3);
        assertThat(rest.samples().get(0).record()).isEqualTo(1);
        assertThat(rest.targets().get(0).boxes()).containsExactly(batch.targets().get(1).boxes());
        assertThat(Arrays.copyOf(values(rest), one)).containsExactly(second);
      }
    }
  }

  @Test
  void anEpochOfUnusablePhotographsSaysSo() throws Exception {
    ImageSource source = failing(new InputException(Fault.UNREADABLE, "no"), -1);
    try (DetectionLoader loader = loader(source, plan(true, 2, 2));
        DetectionEpoch epoch = loader.epoch(5, 0)) {
      assertThatThrownBy(epoch::next)
          .isInstanceOf(InputException.class)
          .hasMessage("none of the photographs of epoch 5 can be used");
      assertThatThrownBy(epoch::next).hasMessageContaining("epoch 5");
    }
    assertThat(told).hasSize(14);
  }

  @Test
  void aSourceThatFailsEndsTheEpochAndIsNamed() throws Exception {
    try (DetectionLoader loader = loader(failing(new IOException("gone"), 3), plan(false, 2, 2))) {
      try (DetectionEpoch epoch = loader.epoch(0, 0)) {
        assertThatThrownBy(() -> drain(epoch))
            .isExactlyInstanceOf(IOException.class)
            .hasMessage("memory/3.jpg: gone");
        assertThatThrownBy(epoch::next).hasMessage("memory/3.jpg: gone");
      }
      loader.epoch(1, 0).close();
    }
  }

  @Test
  void aDefectIsNoBadPhotograph() throws Exception {
    ImageSource source = failing(new IllegalStateException("a defect"), 3);
    try (DetectionLoader loader = loader(source, plan(false, 2, 2));
        DetectionEpoch epoch = loader.epoch(0, 0)) {
      assertThatThrownBy(() -> drain(epoch))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("memory/3.jpg")
          .hasMessageContaining("a defect");
    }
    assertThat(told).isEmpty();
  }

  private static void drain(DetectionEpoch epoch) throws IOException, InterruptedException {
    for (Optional<DetectionBatch> next = epoch.next(); next.isPresent(); next = epoch.next()) {
      next.get().close();
    }
  }

  @Test
  void aReaderThatKeepsAllBatchesIsTold() throws Exception {
    try (DetectionLoader loader = loader(photographs, plan(true, 2, 2));
        DetectionEpoch epoch = loader.epoch(0, 0)) {
      DetectionBatch first = epoch.next().orElseThrow();
      DetectionBatch second = epoch.next().orElseThrow();
      assertThat(second.number()).isEqualTo(1);
      assertThatThrownBy(epoch::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("close one");
      first.close();
      assertThatThrownBy(first::images).isInstanceOf(IllegalStateException.class);
      assertThat(epoch.next().orElseThrow().number()).isEqualTo(2);
    }
  }

  @Test
  void oneEpochAtATime() throws Exception {
    try (DetectionLoader loader = loader(photographs, plan(true, 2, 2))) {
      DetectionEpoch epoch = loader.epoch(0, 0);
      assertThatThrownBy(() -> loader.epoch(1, 0)).hasMessageContaining("close it first");
      epoch.close();
      assertThatThrownBy(() -> loader.epoch(1, 99)).hasMessageContaining("batch 99");
      assertThat(epoch.next()).isEmpty();
    }
  }

  @Test
  void closingAtAnyTimeFreesAllMemory() throws Exception {
    long before = NativeBuffer.allocatedBytes();
    for (int run = 0; run < 20; run++) {
      DetectionLoader loader = loader(slow(photographs), plan(true, 3, 3));
      DetectionEpoch epoch = loader.epoch(run, 0);
      for (int i = 0; i < run % 4; i++) {
        DetectionBatch batch = epoch.next().orElseThrow();
        if (run % 2 == 0) {
          batch.close();
        }
      }
      loader.close();
      assertThat(NativeBuffer.allocatedBytes()).isEqualTo(before);
    }
  }

  /** The photographs, of which one cannot be read, or all where it is -1. */
  private ImageSource failing(Exception failure, int record) {
    return new ReadingSource(
        photographs,
        index -> {
          if (record < 0 || index == record) {
            if (failure instanceof IOException input) {
              throw input;
            }
            throw (RuntimeException) failure;
          }
        });
  }

  private static ImageSource slow(ImageSource source) {
    return new ReadingSource(
        source,
        index -> LockSupport.parkNanos(1000L * ThreadLocalRandom.current().nextInt(1, 2000)));
  }

  private interface Before {
    void read(int index) throws IOException;
  }

  /** A source that does something before each record is read. */
  private record ReadingSource(ImageSource source, Before before) implements ImageSource {
    @Override
    public int size() {
      return source.size();
    }

    @Override
    public String name(int index) {
      return source.name(index);
    }

    @Override
    public int part(int index) {
      return source.part(index);
    }

    @Override
    public String location(int index) {
      return source.location(index);
    }

    @Override
    public Content read(int index, NativeBuffer scratch) throws IOException {
      before.read(index);
      return source.read(index, scratch);
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
