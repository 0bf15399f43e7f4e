package dev.instar.testing;

import dev.instar.evaluate.Calibration;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.Predictions;
import dev.instar.loader.ClassName;
import dev.instar.report.EvaluationJson;
import dev.instar.report.EvaluationReport;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFolder;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Provenance;
import dev.instar.sweep.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The files of a cell of a {@link SampleSweep}.
 *
 * @param classes from the largest to the smallest
 */
record SampleCell(Cell cell, CellFolder folder, List<String> classes, int epochs) {
  private static final int STEPS = 1094;
  private static final double IMAGES_PER_SECOND = 240;

  /** Larger sets, transformers and cross-entropy do somewhat better. */
  private double skill() {
    double skill = 0.9;
    skill += cell.name().startsWith("large") ? 0.05 : cell.name().startsWith("medium") ? 0.03 : 0;
    skill += cell.model().startsWith("vit") ? 0.02 : 0;
    skill += cell.name().contains("focal") ? -0.012 : 0;
    return skill + random(7).nextDouble(-0.004, 0.004);
  }

  private SplittableRandom random(long salt) {
    return new SplittableRandom(31L * cell.name().hashCode() + salt);
  }

  /** Every file of a finished run that reports read; the result is not written. */
  CellResult writeRun() throws IOException {
    writeHistory(epochs);
    Scores validation = evaluate("validation", 1);
    Scores test = evaluate("test", 2);
    return new CellResult(
        CellResult.FORMAT,
        cell.name(),
        cell.factors(),
        cell.splitColumn(),
        cell.target(),
        cell.model(),
        validation,
        test,
        epochs,
        epochs * 2 / 3,
        (long) epochs * STEPS,
        false,
        0,
        epochs * STEPS * 32 / IMAGES_PER_SECOND,
        IMAGES_PER_SECOND,
        provenance());
  }

  private Provenance provenance() {
    return new Provenance(
        ordered("instar", "0.1.0", "commit", "0123456789abcdef"),
        List.of(
            new Provenance.DataFile(
                "pack", cell.pack().toString(), 123_456_789, "sha256:" + "9f86d081".repeat(8)),
            new Provenance.DataFile(
                "metadata", cell.metadata().toString(), 4_567, "sha256:" + "60303ae2".repeat(8))),
        ordered(
            "model",
            cell.model(),
            "seed",
            String.valueOf(cell.seed()),
            "recipe.loss.kind",
            cell.factors().get("loss"),
            "recipe.epochs",
            String.valueOf(epochs)),
        ordered("host", "node" + cell.seed(), "cores", "8", "device", "cpu", "java", "17.0.15"),
        List.of(
            "instar",
            "train",
            "--pack",
            cell.pack().toString(),
            "--set",
            "loss.kind=" + cell.factors().get("loss"),
            "--seed",
            String.valueOf(cell.seed()),
            "-o",
            "a folder"));
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      ordered.put(pairs[i], pairs[i + 1]);
    }
    return ordered;
  }

  /** The history up to an epoch. */
  void writeHistory(int until) throws IOException {
    Files.createDirectories(folder.run());
    SplittableRandom random = random(3);
    List<String> lines = new ArrayList<>();
    double best = 0;
    for (int epoch = 0; epoch < until; epoch++) {
      double rate = epoch < 20 ? 1e-3 : epoch < 25 ? 1e-4 : 1e-5;
      double left = Math.exp(-epoch / (epochs * (1 - skill())));
      for (int step = 50; step <= STEPS; step += 500) {
        lines.add(
            format(
                "{\"kind\":\"step\",\"step\":%d,\"epoch\":%d,\"loss\":%.4f,\"learning_rate\":%s,\"gradient_norm\":1.5,\"images_per_second\":%.1f}",
                epoch * STEPS + step,
                epoch,
                0.05 + 2 * left,
                rate,
                IMAGES_PER_SECOND * random.nextDouble(0.9, 1.1)));
      }
      double top1 = skill() * (1 - 0.5 * left) + random.nextDouble(-0.01, 0.01);
      best = Math.max(best, top1);
      lines.add(
          format(
              "{\"kind\":\"epoch\",\"step\":%d,\"epoch\":%d,\"loss\":%.4f,\"learning_rate\":%s,\"images_per_second\":%.1f,\"seconds\":%.1f,\"skipped\":0,\"best\":%b,\"validation\":{\"epoch\":%d,\"top1\":%.4f,\"top3\":0.98,\"top5\":0.99,\"macroTop1\":%.4f,\"macroF1\":%.4f,\"loss\":%.4f}}",
              (epoch + 1) * STEPS,
              epoch,
              0.6 * (1 - skill()) + 1.6 * left + random.nextDouble(0.01),
              rate,
              IMAGES_PER_SECOND * random.nextDouble(0.9, 1.1),
              (epoch + 1) * STEPS * 32 / IMAGES_PER_SECOND,
              best == top1,
              epoch,
              top1,
              top1 - 0.1,
              top1 - 0.09,
              2 * (1 - skill()) + 1.2 * left + 0.001 * epoch + random.nextDouble(0.03)));
    }
    Files.write(folder.run().resolve("history.jsonl"), lines);
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  private Scores evaluate(String split, long salt) throws IOException {
    Predictions predictions = predictions(salt);
    Evaluation evaluation = Evaluation.of(predictions);
    EvaluationReport report =
        new EvaluationReport(
            cell.name(),
            split,
            cell.target(),
            classes.stream().map(name -> new ClassName(name, Map.of())).toList(),
            evaluation,
            List.of(1, 3, 5),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of());
    Files.writeString(
        folder.run().resolve("evaluation-" + split + ".json"), EvaluationJson.of(report) + "\n");
    Files.write(folder.run().resolve("predictions-" + split + ".csv"), rows(predictions));
    return scores(evaluation);
  }

  private static Scores scores(Evaluation evaluation) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    values.put(Measure.TOP1, evaluation.top(1));
    values.put(Measure.TOP3, evaluation.top(3));
    values.put(Measure.TOP5, evaluation.top(5));
    values.put(Measure.MACRO_TOP1, evaluation.macroTop(1));
    values.put(Measure.MACRO_TOP3, evaluation.macroTop(3));
    values.put(Measure.MACRO_TOP5, evaluation.macroTop(5));
    values.put(Measure.MACRO_F1, evaluation.macroF1());
    values.put(Measure.MICRO_F1, evaluation.confusion().accuracy());
    values.put(Measure.CALIBRATION_ERROR, evaluation.calibration(Calibration.BINS).expectedError());
    values.put(Measure.LOSS, evaluation.loss());
    return new Scores(evaluation.size(), evaluation.presentClasses(), values);
  }

  /** Classes of falling size; the small ones are mistaken most, for one that is like them. */
  private Predictions predictions(long salt) {
    SplittableRandom random = random(salt);
    int n = classes.size();
    int[] labels = new int[SampleSweep.RECORDS];
    float[] logits = new float[labels.length * n];
    for (int i = 0; i < labels.length; i++) {
      int label = label(i, n);
      labels[i] = label;
      double chance = skill() - 0.3 * label / n;
      int guess = label;
      if (random.nextDouble() > chance) {
        guess = random.nextInt(3) > 0 ? (label + 3) % n : random.nextInt(1 + n / 3);
      }
      for (int c = 0; c < n; c++) {
        logits[i * n + c] = (float) random.nextDouble(0, 2);
      }
      logits[i * n + label] += 2;
      logits[i * n + guess] += (float) (2 + 5 * random.nextDouble());
    }
    return Predictions.of(n, IntStream.range(0, labels.length).toArray(), labels, logits);
  }

  /**
   * The first records are one of each class; of the others each class has fewer than the one
   * before.
   */
  private static int label(int record, int classes) {
    if (record < classes) {
      return record;
    }
    double part = (double) (record - classes) / (SampleSweep.RECORDS - classes);
    return (int) (classes * Math.pow(part, 3.2));
  }

  private List<String> rows(Predictions predictions) {
    List<String> rows = new ArrayList<>(List.of("record,true,place,class,probability"));
    for (int i = 0; i < predictions.size(); i++) {
      int best = predictions.best(i);
      int place = 1;
      double sum = 0;
      for (int c = 0; c < predictions.classes(); c++) {
        sum += Math.exp(predictions.logit(i, c));
        place += predictions.logit(i, c) > predictions.logit(i, predictions.label(i)) ? 1 : 0;
      }
      rows.add(
          format(
              "%s,\"%s\",%d,\"%s\",%.6f",
              SampleSweep.record(i),
              classes.get(predictions.label(i)).replace("\"", "\"\""),
              place,
              classes.get(best).replace("\"", "\"\""),
              Math.exp(predictions.logit(i, best)) / sum));
    }
    return rows;
  }
}
