package dev.instar.publish;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code README.md}: the data card, with the front matter that Hugging Face's hub and its {@code
 * datasets} library read (hub-docs, datasetcard.md).
 */
final class DataCard {
  private static final int MOST_CLASSES = 100;

  private final Description of;
  private final Facts facts;
  private final StringBuilder text = new StringBuilder();

  DataCard(Description of) {
    this.of = of;
    facts = of.facts();
  }

  String text() {
    text.setLength(0);
    frontMatter();
    line("# " + plain(of.name()));
    line("");
    line(plain(of.summary()));
    splits();
    classes();
    rights();
    making();
    columns();
    return text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void frontMatter() {
    line("---");
    licence();
    line("pretty_name: " + Yaml.quoted(of.name()));
    line("task_categories:\n- image-classification");
    line("tags:\n- biodiversity\n- taxonomy");
    line("size_categories:\n- " + sizeCategory(of.contents().records()));
    of.settings().records().ifPresent(this::configs);
    if (of.settings().records().equals(Optional.of(Format.HUGGINGFACE))) {
      datasetInfo();
    }
    line("---");
    line("");
  }

  private void licence() {
    if (facts.all(Fact.LICENSE).isEmpty()) {
      line("license: " + Description.UNKNOWN);
      return;
    }
    Optional<Licence> one = facts.licence();
    String hub = one.map(Licence::hub).orElse("other");
    line("license: " + hub);
    if (hub.equals("other")) {
      line("license_name: " + Yaml.quoted(one.map(Licence::stated).orElse("several, see below")));
      one.flatMap(Licence::url).ifPresent(url -> line("license_link: " + Yaml.quoted(url)));
    }
  }

  /** The classes of sizes that the hub knows. */
  static String sizeCategory(long records) {
    if (records < 1_000) {
      return "n<1K";
    }
    if (records < 10_000) {
      return "1K<n<10K";
    }
    if (records < 100_000) {
      return "10K<n<100K";
    }
    if (records < 1_000_000) {
      return "100K<n<1M";
    }
    return records < 10_000_000 ? "1M<n<10M" : "10M<n<100M";
  }

  private void configs(Format format) {
    line("configs:\n- config_name: default");
    line("  data_files:");
    for (String split : of.splits()) {
      String path =
          switch (format) {
            case HUGGINGFACE -> "data/" + split + "-*.parquet";
            case WEBDATASET -> split + "-*.tar";
            default -> split + "/**";
          };
      line("  - split: " + split);
      line("    path: " + Yaml.quoted(path));
    }
  }

  private void datasetInfo() {
    line("dataset_info:\n  features:");
    line("  - name: " + HuggingFaceShards.IMAGE + "\n    dtype: image");
    for (String column : of.plan().header().columns()) {
      line("  - name: " + Yaml.quoted(column));
      ClassLabels labels = of.plan().coded().get(column);
      if (labels == null) {
        line("    dtype: string");
        continue;
      }
      line("    dtype:\n      class_label:\n        names:");
      for (int number = 0; number < labels.names().size(); number++) {
        line("          '" + number + "': " + Yaml.quoted(labels.names().get(number)));
      }
    }
    line("  splits:");
    for (SplitCount split : of.contents().splits()) {
      long bytes =
          of.shards().stream()
              .filter(shard -> shard.split().equals(split.name()))
              .mapToLong(Shard::contentBytes)
              .sum();
      line("  - name: " + split.name());
      line("    num_bytes: " + bytes);
      line("    num_examples: " + split.records());
    }
    line("  download_size: " + of.shards().stream().mapToLong(Shard::bytes).sum());
    line("  dataset_size: " + of.shards().stream().mapToLong(Shard::contentBytes).sum());
  }

  private void splits() {
    line("\n## Splits\n");
    line(
        of.settings()
            .experiment()
            .map(name -> "As the column " + code(name) + " says.")
            .orElse("There is one split, for everything."));
    line("\n| split | records |\n|---|---:|");
    for (SplitCount split : of.contents().splits()) {
      line(String.format(Locale.ROOT, "| %s | %,d |", split.name(), split.records()));
    }
  }

  private void classes() {
    Contents contents = of.contents();
    if (contents.column().isEmpty()) {
      return;
    }
    line("\n## Classes\n");
    line("By the column " + code(contents.column().get()) + ", with the number of each.");
    line("\n| number | class | " + String.join(" | ", of.splits()) + " |");
    line("|---:|---|" + "---:|".repeat(of.splits().size()));
    List<Contents.ClassCount> classes = contents.classes();
    for (Contents.ClassCount each : classes.subList(0, Math.min(MOST_CLASSES, classes.size()))) {
      StringBuilder row = new StringBuilder("| " + each.number() + " | " + plain(each.name()));
      for (long records : each.records()) {
        row.append(String.format(Locale.ROOT, " | %,d", records));
      }
      line(row + " |");
    }
    if (classes.size() > MOST_CLASSES) {
      line("\nand " + (classes.size() - MOST_CLASSES) + " more.");
    }
    if (contents.unlabelled() > 0) {
      line(String.format(Locale.ROOT, "%n%,d records have no class.", contents.unlabelled()));
    }
  }

  private void rights() {
    line("\n## Rights\n");
    if (facts.all(Fact.LICENSE).isEmpty()) {
      line("* Licence: " + Description.UNKNOWN);
    }
    List<Fact> rights =
        List.of(
            Fact.LICENSE,
            Fact.HOLDER,
            Fact.INSTITUTION,
            Fact.YEAR,
            Fact.CONTACT,
            Fact.PHOTOGRAPHER,
            Fact.AUTHOR,
            Fact.CITATION);
    for (Fact fact : rights) {
      List<Facts.Statement> all = facts.all(fact);
      if (all.size() == 1 && facts.silent(fact) == 0) {
        line("* " + fact.label() + ": " + plain(all.get(0).text()) + link(fact, all.get(0)));
      } else if (!all.isEmpty()) {
        line("* " + fact.label() + ", which differs among the records:");
        for (Facts.Statement each : all.subList(0, Math.min(MOST_CLASSES, all.size()))) {
          line(
              String.format(
                  Locale.ROOT,
                  "  * %s%s: %,d records",
                  plain(each.text()),
                  link(fact, each),
                  each.records()));
        }
        if (facts.silent(fact) > 0) {
          line(String.format(Locale.ROOT, "  * not stated: %,d records", facts.silent(fact)));
        }
      }
      facts
          .contradicted(fact)
          .ifPresent(text -> line("  * the pack that they came from says: " + plain(text)));
    }
  }

  private static String link(Fact fact, Facts.Statement statement) {
    if (fact != Fact.LICENSE) {
      return "";
    }
    return Licence.of(statement.text()).url().map(url -> " <" + url + ">").orElse("");
  }

  private void making() {
    line("\n## How it was made\n");
    line(
        "By "
            + plain(of.settings().madeBy())
            + ", from the table "
            + code(of.plan().file().getFileName().toString())
            + of.settings().records().map(format -> ", as " + format.label()).orElse("")
            + ".");
    JoinCounts join = of.plan().join();
    line(
        String.format(
            Locale.ROOT,
            "%,d of %,d records and %,d rows belong together.",
            join.joined(),
            join.records(),
            join.rows()));
    long refused = of.shards().stream().mapToLong(shard -> shard.refused().size()).sum();
    if (refused > 0) {
      line(String.format(Locale.ROOT, "%,d pictures could not be read and are left out.", refused));
    }
    if (!facts.other().isEmpty()) {
      line("");
      for (Map.Entry<String, String> entry : facts.other().entrySet()) {
        line("* " + plain(entry.getKey()) + ": " + plain(entry.getValue()));
      }
    }
  }

  private void columns() {
    line("\n## Columns\n");
    for (String column : of.plan().header().columns()) {
      ClassLabels labels =
          of.settings().records().equals(Optional.of(Format.HUGGINGFACE))
              ? of.plan().coded().get(column)
              : null;
      line(
          "* "
              + code(column)
              + (labels == null ? "" : ": one of " + labels.names().size() + " classes"));
    }
  }

  private static String code(String text) {
    return "`" + text.replaceAll("\\s+", " ").replaceAll("[\\p{Cntrl}`]", "?") + "`";
  }

  /** Text from outside on one line, that Markdown takes for nothing but text. */
  private static String plain(String text) {
    String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
    return line.replaceAll("([\\\\|<>\\[\\]*_`#])", "\\\\$1");
  }
}
