package dev.instar.bench;

import dev.instar.crop.Photograph;
import dev.instar.detect.ContrastDetector;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Looks for insects in photographs with the contrast detector, on one thread, reading and decoding
 * included; prints what was measured after the warm-up as JSON.
 *
 * <p>{@code bench/java dev.instar.bench.DetectRun COLLECTION}
 */
final class DetectRun {
  /** After so many photographs the compiler is done. */
  private static final int WARM_UP = 400;

  private DetectRun() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("COLLECTION");
    }
    try (ImageSource source = Sources.open(List.of(arguments[0]), Limits.DEFAULT);
        NativeBuffer scratch = NativeBuffer.allocate(0);
        ContrastDetector detector = new ContrastDetector()) {
      detect(source, scratch, detector, WARM_UP);
      long begin = System.nanoTime();
      long found = detect(source, scratch, detector, source.size());
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "{\"pictures\": %d, \"seconds\": %.6f, \"found\": %d}%n",
          source.size(),
          seconds,
          found);
    }
  }

  /** The number of photographs with a box among the first {@code count}, round and round. */
  private static long detect(
      ImageSource source, NativeBuffer scratch, ContrastDetector detector, int count)
      throws IOException {
    long found = 0;
    for (int i = 0; i < count; i++) {
      Photograph photograph =
          Photograph.of(source.read(i % source.size(), scratch), Long.MAX_VALUE);
      found += detector.detect(photograph).detections().isEmpty() ? 0 : 1;
    }
    return found;
  }
}
