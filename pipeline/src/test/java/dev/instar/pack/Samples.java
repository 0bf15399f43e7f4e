package dev.instar.pack;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Records of made-up content for tests. */
final class Samples {
  static final Map<String, String> ATTRIBUTES =
      Map.of(
          "license",
          "CC BY 3.0",
          "copyright",
          "Schmetterlingsf\u00e4nger & S\u00f6hne",
          "empty",
          "");

  /** A record and its content. */
  record Sample(ImageRecord record, byte[] content) {}

  private Samples() {}

  /**
   * Records of the same random content for the same arguments, each of at most {@code longest}
   * bytes.
   */
  static List<Sample> random(int count, int longest, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[random.nextInt(longest + 1)];
      random.nextBytes(content);
      Size original = new Size(random.nextInt(1, 5000), random.nextInt(1, 5000));
      Size size = new Size(random.nextInt(1, 500), random.nextInt(1, 500));
      Region box =
          new Region(
              random.nextInt(-50, 50),
              random.nextInt(-50, 50),
              random.nextInt(1, 3000),
              random.nextInt(1, 3000));
      String name = "f\u00fc/" + seed + "_" + i + ".jpg";
      samples.add(
          new Sample(new ImageRecord(name, random.nextInt(0, 114), size, original, box), content));
    }
    return samples;
  }

  /** Appends what the sink does not yet contain. */
  static void appendTo(ImageSink sink, List<Sample> samples) throws IOException {
    for (Sample sample : samples) {
      if (!sink.contains(sample.record().name())) {
        sink.append(sample.record(), Bytes.copyOf(sample.content()));
      }
    }
  }

  /** Writes a finished pack. */
  static Path pack(Path target, List<Sample> samples) throws IOException {
    try (PackWriter writer = PackWriter.open(target, Encoding.JPEG, ATTRIBUTES)) {
      appendTo(writer, samples);
      writer.finish();
    }
    return target;
  }
}
