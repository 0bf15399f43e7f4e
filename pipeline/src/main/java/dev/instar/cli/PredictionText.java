package dev.instar.cli;

import dev.instar.evaluate.Identification;
import dev.instar.evaluate.Identification.Guess;
import dev.instar.evaluate.TrainedModel;
import dev.instar.pack.ImageSource;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Predictions for people: columns whose widths are known before the first line, so that lines come
 * as they are.
 */
final class PredictionText implements PredictionOutput {
  private static final int WIDEST_NAME = 60;

  private final PrintWriter out;
  private final boolean withTaxon;
  private final int nameWidth;
  private final int classWidth;

  PredictionText(PrintWriter out, TrainedModel model, ImageSource source, boolean withTaxon) {
    this.out = out;
    this.withTaxon = withTaxon;
    int longest =
        IntStream.range(0, source.size()).map(i -> source.name(i).length()).max().orElse(0);
    nameWidth = Math.max("photograph".length(), Math.min(WIDEST_NAME, longest));
    String head = withTaxon ? "identified as" : model.task();
    classWidth = Math.max(head.length(), withTaxon ? widestTaxon(model) : widestClass(model));
    line("photograph", head, "sure", withTaxon ? "likeliest" : "or else");
    line("-".repeat(nameWidth), "-".repeat(classWidth), "-".repeat(6), "-".repeat(9));
  }

  private static int widestClass(TrainedModel model) {
    return model.classes().stream().mapToInt(of -> of.name().length()).max().orElse(0);
  }

  /** A taxon stands behind its rank. */
  private static int widestTaxon(TrainedModel model) {
    int wider =
        model.classes().stream()
            .flatMap(of -> of.lineage().entrySet().stream())
            .mapToInt(taxon -> taxon.getKey().length() + 1 + taxon.getValue().length())
            .max()
            .orElse(0);
    return Math.max(wider, model.task().length() + 1 + widestClass(model));
  }

  @Override
  public void identified(String record, Identification identification) {
    List<Guess> guesses = identification.guesses();
    if (!withTaxon) {
      Guess best = guesses.get(0);
      String others =
          guesses.stream().skip(1).map(PredictionText::shown).collect(Collectors.joining(", "));
      line(record, best.name(), percent(best.probability()), others);
      return;
    }
    String likeliest =
        guesses.stream().map(PredictionText::shown).collect(Collectors.joining(", "));
    String name =
        identification.taxon().map(taxon -> taxon.rank() + " " + taxon.name()).orElse("undecided");
    String sure = identification.taxon().map(taxon -> percent(taxon.probability())).orElse("");
    line(record, name, sure, likeliest);
  }

  @Override
  public void unreadable(String record, String reason) {
    line(record, "-", "", "cannot be read: " + Complaint.oneLine(reason));
  }

  private static String shown(Guess guess) {
    return guess.name() + " " + percent(guess.probability());
  }

  private static String percent(double probability) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * probability);
  }

  private void line(String name, String identity, String sure, String rest) {
    String line =
        String.format(
            "%-" + nameWidth + "s  %-" + classWidth + "s  %6s  %s", name, identity, sure, rest);
    out.println(line.replaceAll("\\p{Cntrl}", "?").stripTrailing());
  }

  @Override
  public void finish() {
    out.flush();
  }

  @Override
  public void close() {}
}
