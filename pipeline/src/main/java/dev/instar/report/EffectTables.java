package dev.instar.report;

import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The effects of factors as tables: on the test set for people, on both sets for machines. */
final class EffectTables {
  /** Those that say something of their own: micro F1 is top-1. */
  private static final List<Measure> MEASURES =
      List.of(Measure.TOP1, Measure.TOP5, Measure.MACRO_TOP1, Measure.MACRO_F1, Measure.LOSS);

  private static final List<Measure> WITHIN = List.of(Measure.TOP1, Measure.MACRO_F1);

  /** More lines than these nobody reads; the file for machines has all. */
  private static final int MOST_WITHIN = 80;

  private static final String INTERVAL = "95% interval";

  private final Effects effects;

  private EffectTables(Effects effects) {
    this.effects = effects;
  }

  /** The tables that have rows. */
  static List<FiledTable> of(Effects effects) {
    EffectTables tables = new EffectTables(effects);
    return List.of(tables.overall(), tables.within()).stream()
        .filter(table -> !table.rows().isEmpty())
        .toList();
  }

  private FiledTable overall() {
    List<List<String>> shown = new ArrayList<>();
    for (Measure measure : MEASURES) {
      effects.overall().stream()
          .filter(effect -> effect.part() == Part.TEST && effect.measure() == measure)
          .forEach(effect -> shown.add(shown(effect)));
    }
    List<String> columns =
        List.of(
            "measure",
            "factor",
            "change",
            "n",
            "difference",
            INTERVAL,
            "p (t)",
            "corrected",
            "p (Wilcoxon)",
            "corrected",
            "note");
    return new FiledTable(
        new NamedTable(
            "effects",
            "Effect of each factor on the test set",
            overallCaption(),
            new Table(columns, shown).withoutEmptyColumns()),
        machineColumns(),
        effects.overall().stream().map(EffectTables::row).toList());
  }

  private static List<String> shown(Effect effect) {
    Measure measure = effect.measure();
    PairedTest test = effect.test();
    return List.of(
        measure.label(),
        effect.contrast().factor(),
        effect.contrast().change(),
        String.valueOf(test.n()),
        Figures.difference(measure, test.mean()),
        interval(effect),
        Figures.chance(test.t()),
        Figures.chance(effect.holmT()),
        (test.exact() || Double.isNaN(test.wilcoxon()) ? "" : "\u2248")
            + Figures.chance(test.wilcoxon()),
        Figures.chance(effect.holmWilcoxon()),
        note(effect));
  }

  private static String interval(Effect effect) {
    PairedTest test = effect.test();
    return Double.isNaN(test.low())
        ? Table.NONE
        : "["
            + Figures.difference(effect.measure(), test.low())
            + ", "
            + Figures.difference(effect.measure(), test.high())
            + "]";
  }

  private static String note(Effect effect) {
    List<String> notes = new ArrayList<>();
    PairedTest test = effect.test();
    if (effect.unit() == Effect.Unit.SEED && test.n() > 1) {
      notes.add("seeds of one condition");
    }
    if (test.n() == 1) {
      notes.add("one pair: no test");
    } else if (Double.isNaN(test.t())) {
      notes.add(test.mean() == 0 ? "no difference at all" : "all differences are equal: no t");
    }
    return String.join("; ", notes);
  }

  private String overallCaption() {
    StringBuilder caption = new StringBuilder();
    caption.append("Mean of paired differences, in percentage points (the loss in nats): two runs");
    caption.append(" are a pair if all but the factor agrees, the seed too. Differences are");
    caption.append(
        " averaged over seeds first, and n counts conditions, which are combinations of");
    caption.append(" the other factors: repeats with other seeds are no conditions of their own.");
    caption.append(
        " Where there is one condition only, n counts its seeds, and nothing is said of");
    caption.append(" others. Intervals and p (t) are Student's and take differences as normal;");
    caption.append(" Wilcoxon's signed ranks do not, but cannot give less than 2/2^n; it is exact");
    caption.append(" but where \u2248 stands, with ties or more than ");
    caption.append(PairedTest.MOST_EXACT).append(" differences. Both are two-sided, and corrected");
    caption.append(
        " after Holm for all changes of the same measure. Conditions share photographs,");
    caption.append(" so even they are not quite independent: read p-values as a guide.");
    if (!effects.ownRecords().isEmpty()) {
      caption.append(" Labels of ");
      caption.append(
          effects.ownRecords().stream()
              .map(Contrast::factor)
              .distinct()
              .collect(Collectors.joining(" and ")));
      caption.append(" have test sets of their own: their differences are those of test sets too.");
    }
    return caption.toString();
  }

  private FiledTable within() {
    Map<Contrast, List<Effect>> byContrast = new LinkedHashMap<>();
    effects.within().stream()
        .filter(effect -> effect.part() == Part.TEST && WITHIN.contains(effect.measure()))
        .forEach(e -> byContrast.computeIfAbsent(e.contrast(), key -> new ArrayList<>()).add(e));
    List<List<String>> shown =
        byContrast.entrySet().stream()
            .limit(MOST_WITHIN)
            .map(entry -> shown(entry.getKey(), entry.getValue()))
            .toList();
    List<String> columns = new ArrayList<>(List.of("factor", "change", "within", "n"));
    WITHIN.forEach(measure -> columns.addAll(List.of(measure.label(), INTERVAL)));
    String more =
        byContrast.size() > shown.size()
            ? " These are the first " + shown.size() + " of " + byContrast.size() + " changes."
            : "";
    return new FiledTable(
        new NamedTable(
            "interactions",
            "Effect of each factor within each label of the others",
            "Mean of paired differences on the test set, in percentage points, with 95% confidence intervals by Student's t, as in the table of effects. Where a change does much more within one label than within another, the two factors interact. So many intervals are for looking: some miss the truth by chance, and they are not corrected."
                + more,
            new Table(columns, shown)),
        machineColumns(),
        effects.within().stream().map(EffectTables::row).toList());
  }

  private static List<String> shown(Contrast contrast, List<Effect> effects) {
    Contrast.Fixed within = contrast.within().orElseThrow();
    List<String> cells = new ArrayList<>();
    cells.add(contrast.factor());
    cells.add(contrast.change());
    cells.add(within.readable());
    cells.add(String.valueOf(effects.get(0).test().n()));
    for (Measure measure : WITHIN) {
      Optional<Effect> effect = effects.stream().filter(e -> e.measure() == measure).findFirst();
      cells.add(effect.map(e -> Figures.difference(measure, e.test().mean())).orElse(Table.NONE));
      cells.add(effect.map(EffectTables::interval).orElse(Table.NONE));
    }
    return cells;
  }

  private static List<String> machineColumns() {
    return List.of(
        "part",
        "measure",
        "factor",
        "from",
        "to",
        "within_factor",
        "within_label",
        "unit",
        "n",
        "conditions",
        "runs",
        "difference",
        "low",
        "high",
        "t_p",
        "t_p_holm",
        "wilcoxon_p",
        "wilcoxon_p_holm",
        "wilcoxon_exact",
        "zeros");
  }

  private static List<Object> row(Effect effect) {
    Contrast contrast = effect.contrast();
    PairedTest test = effect.test();
    return Arrays.asList(
        effect.part().key(),
        effect.measure().key(),
        contrast.factor(),
        contrast.from(),
        contrast.to(),
        contrast.within().map(Contrast.Fixed::factor).orElse(null),
        contrast.within().map(Contrast.Fixed::label).orElse(null),
        effect.unit().key(),
        test.n(),
        effect.conditions(),
        effect.runs(),
        test.mean(),
        test.low(),
        test.high(),
        test.t(),
        effect.holmT(),
        test.wilcoxon(),
        effect.holmWilcoxon(),
        test.exact(),
        test.zeros());
  }
}
