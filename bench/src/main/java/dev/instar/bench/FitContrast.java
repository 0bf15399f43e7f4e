package dev.instar.bench;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.crop.Detection;
import dev.instar.crop.Photograph;
import dev.instar.crop.Quality;
import dev.instar.detect.Candidate;
import dev.instar.detect.ContrastDetector;
import dev.instar.detect.ContrastModel;
import dev.instar.detect.Specimens;
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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fits the contrast detector's weights to photographs with hand-drawn boxes and writes them as the
 * table that it reads; prints how well it does in ten-fold cross-validation, in which photographs
 * of one plate are never on both sides. The threshold that a fold is judged by comes from the other
 * folds; the one that is written, from all of them.
 *
 * <p>{@code bench/java dev.instar.bench.FitContrast PHOTOS contrast.tsv}: PHOTOS is a folder with
 * {@code labels.csv}, a box file with qualities.
 */
final class FitContrast {
  private static final int FOLDS = 10;
  private static final long SEEDS = 3;
  private static final double RIDGE = 2e-3;

  /** Boxes share what is likely by exp(IoU / SOFTNESS). */
  private static final double SOFTNESS = 0.07;

  /** Boxes that overlap the true one less are wrong. */
  private static final double LEAST_OVERLAP = 0.05;

  /** The share of empty wells in which cross-validated scores shall find nothing. */
  private static final double EMPTY = 0.95;

  /** Wells of a plate. */
  private static final int PLATE = 95;

  private static final Pattern SPECIMEN = Pattern.compile("([A-Za-z]+)(\\d+).*");

  /** A labelled photograph. */
  private record Sample(
      String plate, boolean empty, Optional<BoundingBox> truth, List<Candidate> candidates) {
    double overlap(Candidate candidate) {
      return truth.map(box -> box.iou(candidate.box())).orElse(0.0);
    }

    /** Whether it says what is right: without a box it does only of an empty well. */
    boolean teaches() {
      return empty || truth.isPresent();
    }
  }

  /** What came of one photograph. */
  private record Outcome(Sample sample, double probability, double overlap) {
    Verdict at(double threshold) {
      boolean found = probability >= threshold;
      return new Verdict(sample, found, found ? overlap : 0);
    }
  }

  /** What is said of one photograph; a miss overlaps nothing. */
  private record Verdict(Sample sample, boolean found, double overlap) {}

  private FitContrast() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("PHOTOS contrast.tsv");
    }
    List<Sample> samples = samples(Path.of(arguments[0]));
    System.out.println(
        "| | mean IoU | recall at 0.5 | empty wells without a box | others without |");
    System.out.println("|---|--:|--:|--:|--:|");
    double thresholds = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<List<Outcome>> folds = crossValidated(samples, seed);
      thresholds += threshold(folds.stream()) / SEEDS;
      print("folds of seed " + seed, judged(folds));
    }
    ContrastModel model = fit(samples, thresholds);
    double threshold = thresholds;
    print("fitted to all", samples.stream().map(s -> outcome(model, s).at(threshold)).toList());
    Files.writeString(Path.of(arguments[1]), model.toTable());
  }

  private static List<Sample> samples(Path photographs) throws IOException {
    Map<String, BoxRecord> labels = new HashMap<>();
    for (BoxRecord record : BoxRecords.read(photographs.resolve("labels.csv"))) {
      labels.put(record.name(), record);
    }
    List<Sample> samples = new ArrayList<>();
    try (ImageSource source = Sources.open(List.of(photographs.toString()), Limits.DEFAULT);
        NativeBuffer scratch = NativeBuffer.allocate(0);
        ContrastDetector detector = new ContrastDetector()) {
      for (int i = 0; i < source.size(); i++) {
        BoxRecord label = labels.get(source.name(i));
        if (label != null) {
          Photograph photograph = Photograph.of(source.read(i, scratch), Long.MAX_VALUE);
          samples.add(
              new Sample(
                  plate(source.name(i)),
                  label.verdict().equals(Optional.of(Quality.EMPTY)),
                  label.detections().stream().findFirst().map(Detection::box),
                  detector.candidates(photograph)));
        }
      }
    }
    return samples;
  }

  /** Specimens of a plate have numbers in a row. */
  private static String plate(String name) {
    Matcher specimen = SPECIMEN.matcher(name);
    return specimen.matches()
        ? specimen.group(1) + Long.parseLong(specimen.group(2)) / PLATE
        : name;
  }

  /** The outcomes of each fold. */
  private static List<List<Outcome>> crossValidated(List<Sample> samples, long seed) {
    List<String> plates =
        new ArrayList<>(new TreeSet<>(samples.stream().map(Sample::plate).toList()));
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Integer> folds = new HashMap<>();
    for (int i = 0; !plates.isEmpty(); i++) {
      folds.put(plates.remove(random.nextInt(plates.size())), i % FOLDS);
    }
    List<List<Outcome>> outcomes = new ArrayList<>();
    for (int k = 0; k < FOLDS; k++) {
      int fold = k;
      ContrastModel model =
          fit(samples.stream().filter(s -> folds.get(s.plate()) != fold).toList(), 0);
      outcomes.add(
          samples.stream()
              .filter(s -> folds.get(s.plate()) == fold)
              .map(s -> outcome(model, s))
              .toList());
    }
    return outcomes;
  }

  private static List<Verdict> judged(List<List<Outcome>> folds) {
    List<Verdict> verdicts = new ArrayList<>();
    for (List<Outcome> fold : folds) {
      double threshold = threshold(folds.stream().filter(other -> other != fold));
      fold.forEach(outcome -> verdicts.add(outcome.at(threshold)));
    }
    return verdicts;
  }

  private static ContrastModel fit(List<Sample> samples, double threshold) {
    List<Candidate> all = samples.stream().flatMap(s -> s.candidates().stream()).toList();
    double[] centres = means(all.stream().map(Candidate::features).toList());
    List<double[]> terms =
        all.stream().map(c -> ContrastModel.terms(c.features(), centres)).toList();
    double[] middles = means(terms);
    System.arraycopy(centres, 0, middles, 0, centres.length);
    double[] spreads = spreads(terms, middles);
    List<ConditionalLogit.Case> cases =
        samples.stream()
            .filter(s -> s.teaches() && !s.candidates().isEmpty())
            .map(s -> asCase(s, middles, spreads))
            .toList();
    double[] weights = ConditionalLogit.fit(cases, middles.length + 1, RIDGE);
    return new ContrastModel(
        threshold, weights[0], middles, spreads, Arrays.copyOfRange(weights, 1, weights.length));
  }

  private static ConditionalLogit.Case asCase(Sample sample, double[] middles, double[] spreads) {
    double[][] rows = new double[sample.candidates().size()][];
    double[] targets = new double[rows.length];
    double sum = 0;
    for (int k = 0; k < rows.length; k++) {
      Candidate candidate = sample.candidates().get(k);
      double[] terms = ContrastModel.terms(candidate.features(), middles);
      rows[k] = new double[terms.length + 1];
      rows[k][0] = 1;
      for (int i = 0; i < terms.length; i++) {
        rows[k][i + 1] = ContrastModel.standardised(terms[i], middles[i], spreads[i]);
      }
      double overlap = sample.overlap(candidate);
      targets[k] = overlap > LEAST_OVERLAP ? Math.exp(overlap / SOFTNESS) : 0;
      sum += targets[k];
    }
    for (int k = 0; k < rows.length && sum > 0; k++) {
      targets[k] /= sum;
    }
    return new ConditionalLogit.Case(rows, targets);
  }

  private static double[] means(List<double[]> rows) {
    double[] means = new double[rows.get(0).length];
    for (double[] row : rows) {
      for (int i = 0; i < means.length; i++) {
        means[i] += row[i] / rows.size();
      }
    }
    return means;
  }

  private static double[] spreads(List<double[]> rows, double[] middles) {
    double[] squares = new double[middles.length];
    for (double[] row : rows) {
      for (int i = 0; i < squares.length; i++) {
        squares[i] += (row[i] - middles[i]) * (row[i] - middles[i]) / rows.size();
      }
    }
    return Arrays.stream(squares).map(square -> Math.max(1e-6, Math.sqrt(square))).toArray();
  }

  private static Outcome outcome(ContrastModel model, Sample sample) {
    double[] scores = sample.candidates().stream().mapToDouble(model::score).toArray();
    Specimens specimens = new Specimens(sample.candidates(), scores);
    double overlap =
        specimens.boxes(0).stream()
            .findFirst()
            .flatMap(best -> sample.truth().map(best.box()::iou))
            .orElse(0.0);
    return new Outcome(sample, specimens.probability(), overlap);
  }

  private static double threshold(Stream<List<Outcome>> folds) {
    double[] empties =
        folds
            .flatMap(List::stream)
            .filter(o -> o.sample().empty())
            .mapToDouble(Outcome::probability)
            .sorted()
            .toArray();
    return empties[(int) Math.min(empties.length - 1, Math.ceil(EMPTY * empties.length))];
  }

  private static void print(String what, List<Verdict> verdicts) {
    double[] overlaps =
        verdicts.stream()
            .filter(v -> v.sample().truth().isPresent())
            .mapToDouble(Verdict::overlap)
            .toArray();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.1f%% | %.1f%% |%n",
        what,
        Arrays.stream(overlaps).average().orElse(0),
        Arrays.stream(overlaps).filter(iou -> iou >= 0.5).count() / (double) overlaps.length,
        100 * shareWithout(verdicts, true),
        100 * shareWithout(verdicts, false));
  }

  private static double shareWithout(List<Verdict> verdicts, boolean empty) {
    return verdicts.stream()
        .filter(v -> v.sample().empty() == empty)
        .mapToDouble(v -> v.found() ? 0 : 1)
        .average()
        .orElse(0);
  }
}
