package dev.instar.train.detection;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxFile;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.Detection;
import dev.instar.crop.Photograph;
import dev.instar.crop.Quality;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.loader.Chance;
import dev.instar.loader.SkippedRecords;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The photographs of a source that a box file lists, with the boxes of what is in them. Immutable;
 * the source stays its opener's to close.
 *
 * <p>A photograph that is listed without a box shows an empty well, unless its stated quality says
 * that there is an insect: then where it is is not known, and nothing can be learned from it.
 */
final class DetectionSamples {
  /** More are not believed of a header, as convert refuses them. */
  static final long MOST_PIXELS = 100_000_000;

  private final ImageSource source;
  private final List<DetectionSample> samples;
  private final Counts counts;

  /**
   * What became of photographs.
   *
   * @param unlisted in the source, not in the box file: left out
   * @param missing in the box file, not in the source
   * @param undrawn listed as an insect, but without its box: left out
   * @param unusable left out for another reason, which the listener was told
   */
  record Counts(int unlisted, int missing, int undrawn, int unusable) {}

  /** Photographs to learn from, and others to measure by. */
  record Division(DetectionSamples training, DetectionSamples validation) {}

  private DetectionSamples(ImageSource source, List<DetectionSample> samples, Counts counts) {
    this.source = source;
    this.samples = List.copyOf(samples);
    this.counts = counts;
  }

  /**
   * Looks every photograph up, as {@link BoxFile#recordOf} does, in the order of the source. Reads
   * the headers of those whose size the box file does not state.
   *
   * @param listener is told of listed photographs that cannot be used: an unreadable header, boxes
   *     of a picture of another shape or outside of the photograph
   * @throws IOException if the source cannot be read at all
   */
  static DetectionSamples of(ImageSource source, BoxFile boxes, SkippedRecords listener)
      throws IOException {
    List<DetectionSample> samples = new ArrayList<>();
    Set<String> found = new HashSet<>();
    int unlisted = 0;
    int undrawn = 0;
    int unusable = 0;
    try (NativeBuffer scratch = NativeBuffer.allocate(0)) {
      for (int record = 0; record < source.size(); record++) {
        try {
          Optional<BoxRecord> listed = boxes.recordOf(source.name(record));
          if (listed.isEmpty()) {
            unlisted++;
            continue;
          }
          found.add(listed.get().name());
          if (undrawn(listed.get())) {
            undrawn++;
          } else {
            samples.add(sample(source, record, listed.get(), scratch));
          }
        } catch (InputException reason) {
          unusable++;
          listener.skipped(source.location(record), reason);
        }
      }
    }
    Counts counts = new Counts(unlisted, boxes.size() - found.size(), undrawn, unusable);
    return new DetectionSamples(source, samples, counts);
  }

  private static boolean undrawn(BoxRecord listed) {
    return listed.detections().isEmpty()
        && listed.verdict().filter(verdict -> verdict != Quality.EMPTY).isPresent();
  }

  private static DetectionSample sample(
      ImageSource source, int record, BoxRecord listed, NativeBuffer scratch) throws IOException {
    Size size =
        listed.drawnOn().isPresent()
            ? listed.drawnOn().get()
            : Photograph.of(source.read(record, scratch), MOST_PIXELS).size();
    List<Detection> inside = new ArrayList<>();
    for (Detection thing : listed.detections()) {
      clipped(thing.box(), size).ifPresent(box -> inside.add(new Detection(box, thing.score())));
    }
    if (inside.isEmpty() && !listed.detections().isEmpty()) {
      throw new InputException(
          Fault.BOX_OUTSIDE, "no box of it has any area inside its " + size + " pixels");
    }
    BoxRecord truth = new BoxRecord(listed.name(), Optional.of(size), inside, listed.verdict());
    return new DetectionSample(record, size, truth);
  }

  private static Optional<BoundingBox> clipped(BoundingBox box, Size size) {
    float x0 = Math.max(0, box.x0());
    float y0 = Math.max(0, box.y0());
    float x1 = Math.min(size.width(), box.x1());
    float y1 = Math.min(size.height(), box.y1());
    return x1 > x0 && y1 > y0 ? Optional.of(new BoundingBox(x0, y0, x1, y1)) : Optional.empty();
  }

  /**
   * Sets photographs aside for validation: those whose names, hashed with the seed, come first. So
   * a photograph keeps its side of the division when others are added, but for a few at the border.
   *
   * @param fraction of the photographs, above 0 and below 1; at least one comes to either side
   * @throws IllegalArgumentException if there are fewer than two photographs
   */
  Division divided(double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "a fraction of " + fraction + " for validation, it must lie between 0 and 1");
    }
    if (size() < 2) {
      throw new IllegalArgumentException(
          size()
              + " photographs with boxes, at least 2 are needed to learn from and to measure by");
    }
    List<DetectionSample> byHash = new ArrayList<>(samples);
    byHash.sort(Comparator.comparingLong(sample -> hash(source.name(sample.record()), seed)));
    int aside = (int) Math.max(1, Math.min(size() - 1L, Math.round(fraction * size())));
    return new Division(part(byHash.subList(aside, byHash.size())), part(byHash.subList(0, aside)));
  }

  /** Those photographs that are not among {@code others}, which are of the same source. */
  DetectionSamples without(DetectionSamples others) {
    Set<Integer> records =
        others.samples.stream().map(DetectionSample::record).collect(Collectors.toSet());
    return part(samples.stream().filter(sample -> !records.contains(sample.record())).toList());
  }

  private DetectionSamples part(List<DetectionSample> some) {
    List<DetectionSample> inOrder = new ArrayList<>(some);
    inOrder.sort(Comparator.comparingInt(DetectionSample::record));
    return new DetectionSamples(source, inOrder, counts);
  }

  private static long hash(String name, long seed) {
    long hash = 0;
    for (byte part : name.getBytes(StandardCharsets.UTF_8)) {
      hash = hash * 0x100000001B3L + part;
    }
    return new Chance().begin(seed, 0, hash, Chance.Purpose.ORDER).next();
  }

  ImageSource source() {
    return source;
  }

  int size() {
    return samples.size();
  }

  DetectionSample get(int index) {
    return samples.get(index);
  }

  /** Photographs without any thing in them. */
  int empty() {
    return (int) samples.stream().filter(sample -> sample.boxes().isEmpty()).count();
  }

  /** What became of the other photographs, of the source as a whole. */
  Counts counts() {
    return counts;
  }
}
