package dev.instar.bench;

import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.crop.Detection;
import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.crop.Quality;
import dev.instar.detect.QualityFilter;
import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.ConfusionMatrix.Over;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fits the quality filter's weights to labelled photographs, with the boxes that a detector found
 * in them, and writes them as the table that the filter reads; prints the confusion matrix of
 * five-fold cross-validation, each photograph judged once by weights that have not seen it.
 *
 * <p>{@code bench/java dev.instar.bench.FitQuality PHOTOS BOXES quality.tsv}: PHOTOS is a folder
 * with {@code labels.csv}, a box file with qualities; photographs without one are left out. BOXES
 * is what {@code instar crop} wrote of them.
 */
final class FitQuality {
  private static final int FOLDS = 5;
  private static final long SEED = 1;

  /**
   * Rarer qualities count more, by the root of their share: else the rarest is never the verdict.
   */
  private static final double BALANCE = 0.5;

  private static final double RIDGE = 0.01;
  private static final Quality[] QUALITIES = Quality.values();

  /** A labelled photograph; without features where no box was found. */
  private record Sample(int quality, Optional<double[]> features) {}

  /** What the filter's table holds. */
  private record Fit(double[] withoutBox, LogisticRegression withBox) {
    static Fit of(List<Sample> samples) {
      double[] withoutBox = new double[QUALITIES.length];
      Arrays.fill(withoutBox, 1); // Laplace's rule of succession
      List<Sample> found = new ArrayList<>();
      for (Sample sample : samples) {
        if (sample.features().isPresent()) {
          found.add(sample);
        } else {
          withoutBox[sample.quality()]++;
        }
      }
      double sum = Arrays.stream(withoutBox).sum();
      return new Fit(
          Arrays.stream(withoutBox).map(count -> Math.log(count / sum)).toArray(),
          LogisticRegression.fit(
              found.stream()
                  .map(sample -> sample.features().orElseThrow())
                  .toArray(double[][]::new),
              found.stream().mapToInt(Sample::quality).toArray(),
              QUALITIES.length,
              BALANCE,
              RIDGE));
    }

    int verdict(Sample sample) {
      return sample
          .features()
          .map(withBox::predict)
          .orElseGet(
              () ->
                  IntStream.range(0, QUALITIES.length)
                      .reduce((a, b) -> withoutBox[b] > withoutBox[a] ? b : a)
                      .orElseThrow());
    }

    String table() {
      StringBuilder table = new StringBuilder("feature");
      for (Quality quality : QUALITIES) {
        table.append('\t').append(quality.label());
      }
      table
          .append('\n')
          .append(row("no box", withoutBox))
          .append(row("intercept", withBox.intercept()));
      List<String> names = QualityFilter.featureNames();
      for (int j = 0; j < names.size(); j++) {
        table.append(row(names.get(j), withBox.weights()[j]));
      }
      return table.toString();
    }

    private static String row(String name, double[] values) {
      return Arrays.stream(values)
          .mapToObj(value -> String.format(Locale.ROOT, "%.5f", value))
          .collect(Collectors.joining("\t", name + "\t", "\n"));
    }
  }

  private FitQuality() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("PHOTOS BOXES quality.tsv");
    }
    List<Sample> samples = samples(Path.of(arguments[0]), Path.of(arguments[1]));
    print(crossValidated(samples));
    Files.writeString(Path.of(arguments[2]), Fit.of(samples).table());
  }

  private static List<Sample> samples(Path photographs, Path boxes) throws IOException {
    Map<String, Quality> labels = new HashMap<>();
    for (BoxRecord record : BoxRecords.read(photographs.resolve("labels.csv"))) {
      record.verdict().ifPresent(quality -> labels.put(record.name(), quality));
    }
    Map<String, List<Detection>> found = new HashMap<>();
    for (BoxRecord record : BoxRecords.read(boxes)) {
      found.put(record.name(), record.detections());
    }
    List<Sample> samples = new ArrayList<>();
    try (ImageSource source = Sources.open(List.of(photographs.toString()), Limits.DEFAULT);
        NativeBuffer scratch = NativeBuffer.allocate(0);
        PhotographReader reader = new PhotographReader();
        QualityFilter filter = new QualityFilter()) {
      for (int i = 0; i < source.size(); i++) {
        Quality label = labels.get(source.name(i));
        if (label != null) {
          Photograph photograph = Photograph.of(source.read(i, scratch), Long.MAX_VALUE);
          samples.add(
              new Sample(
                  label.ordinal(),
                  filter.features(
                      reader.reduced(photograph, QualityFilter.SHORTER_SIDE),
                      photograph.size(),
                      found.getOrDefault(source.name(i), List.of()))));
        }
      }
    }
    return samples;
  }

  /** Each quality's photographs are dealt to the folds in turn, in shuffled order. */
  private static ConfusionMatrix crossValidated(List<Sample> samples) {
    int[] order = IntStream.range(0, samples.size()).toArray();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    int[] fold = new int[order.length];
    int[] dealt = new int[QUALITIES.length];
    for (int i : order) {
      fold[i] = dealt[samples.get(i).quality()]++ % FOLDS;
    }
    int[] labels = samples.stream().mapToInt(Sample::quality).toArray();
    int[] verdicts = new int[labels.length];
    for (int k = 0; k < FOLDS; k++) {
      int held = k;
      Fit fit =
          Fit.of(
              IntStream.range(0, fold.length)
                  .filter(i -> fold[i] != held)
                  .mapToObj(samples::get)
                  .toList());
      for (int i = 0; i < fold.length; i++) {
        if (fold[i] == held) {
          verdicts[i] = fit.verdict(samples.get(i));
        }
      }
    }
    return ConfusionMatrix.of(QUALITIES.length, labels, verdicts);
  }

  private static void print(ConfusionMatrix matrix) {
    int[][] counts = new int[QUALITIES.length][QUALITIES.length];
    matrix.cells().forEach(cell -> counts[cell.label()][cell.predicted()] = cell.count());
    StringBuilder head = new StringBuilder("| Label |");
    for (Quality quality : QUALITIES) {
      head.append(' ').append(quality.label()).append(" |");
    }
    System.out.println(head + " F1 |\n|---|--:|--:|--:|--:|--:|");
    for (Quality quality : QUALITIES) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.2f |%n",
          quality.label(),
          Arrays.stream(counts[quality.ordinal()])
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(" | ")),
          matrix.f1(quality.ordinal()));
    }
    System.out.printf(
        Locale.ROOT,
        "%nOf %d photographs %.1f%% are judged as labelled; macro-F1 %.3f.%n",
        matrix.size(),
        100 * matrix.accuracy(),
        matrix.macroF1(Over.ALL));
  }
}
