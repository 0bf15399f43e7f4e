package dev.instar.publish;

import dev.instar.taxonomy.Category;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a collection as a whole. What the caller states counts before what the records
 * say, and that before what the pack says; nothing is assumed. Immutable.
 */
final class Facts {
  /**
   * One statement.
   *
   * @param text what is stated
   * @param records of how many published records; all of them where it is said of the whole
   */
  record Statement(String text, long records) {}

  private final Map<Fact, List<Statement>> statements;
  private final Map<Fact, Long> silent;
  private final Map<Fact, String> contradicted;
  private final Map<String, String> other;

  private Facts(
      Map<Fact, List<Statement>> statements,
      Map<Fact, Long> silent,
      Map<Fact, String> contradicted,
      Map<String, String> other) {
    this.statements = statements;
    this.silent = silent;
    this.contradicted = contradicted;
    this.other = other;
  }

  /**
   * Collects the facts of a publication.
   *
   * @param given by the caller
   * @param ofPack the pack's attributes
   */
  static Facts of(Plan plan, Map<String, String> given, Map<String, String> ofPack) {
    Map<Fact, List<Statement>> statements = new EnumMap<>(Fact.class);
    Map<Fact, Long> silent = new EnumMap<>(Fact.class);
    Map<Fact, String> contradicted = new EnumMap<>(Fact.class);
    Map<String, String> other = new LinkedHashMap<>();
    for (Fact fact : Fact.values()) {
      Optional<String> stated = attribute(fact, given);
      List<Statement> ofRecords = stated.isPresent() ? List.of() : ofRecords(fact, plan);
      if (stated.isEmpty() && ofRecords.isEmpty()) {
        stated = attribute(fact, ofPack);
      }
      if (stated.isPresent()) {
        statements.put(fact, List.of(new Statement(stated.get(), plan.size())));
      } else if (!ofRecords.isEmpty()) {
        statements.put(fact, ofRecords);
        silent.put(fact, plan.size() - ofRecords.stream().mapToLong(Statement::records).sum());
        attribute(fact, ofPack)
            .filter(text -> ofRecords.stream().noneMatch(each -> same(fact, each.text(), text)))
            .ifPresent(text -> contradicted.put(fact, text));
      }
    }
    for (Map<String, String> attributes : List.of(ofPack, given)) {
      attributes.entrySet().stream()
          .filter(entry -> !isFact(entry.getKey()))
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> other.put(entry.getKey(), entry.getValue()));
    }
    return new Facts(statements, silent, contradicted, other);
  }

  private static boolean same(Fact fact, String a, String b) {
    return fact == Fact.LICENSE
        ? Licence.of(a).reference().equals(Licence.of(b).reference())
        : a.equalsIgnoreCase(b);
  }

  private static boolean isFact(String attribute) {
    for (Fact fact : Fact.values()) {
      if (fact.isAttribute(attribute)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> attribute(Fact fact, Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .filter(entry -> fact.isAttribute(entry.getKey()) && !entry.getValue().isBlank())
        .min(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue().strip());
  }

  private static List<Statement> ofRecords(Fact fact, Plan plan) {
    Optional<Category> column =
        fact.columns().stream().flatMap(name -> plan.table().find(name).stream()).findFirst();
    if (column.isEmpty()) {
      return List.of();
    }
    long[] counts = new long[column.get().size()];
    for (SplitRecords split : plan.splits()) {
      for (int row : split.rows()) {
        int code = column.get().code(row);
        if (code != Category.MISSING) {
          counts[code]++;
        }
      }
    }
    List<Statement> found = new ArrayList<>();
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0) {
        found.add(new Statement(column.get().label(code), counts[code]));
      }
    }
    found.sort(Comparator.comparingLong(statement -> -statement.records()));
    return List.copyOf(found);
  }

  /** What is stated, the most frequent first; empty where nothing is. */
  List<Statement> all(Fact fact) {
    return statements.getOrDefault(fact, List.of());
  }

  /** What is stated, if it is one thing, of some records or all. */
  Optional<String> one(Fact fact) {
    List<Statement> all = all(fact);
    return all.size() == 1 ? Optional.of(all.get(0).text()) : Optional.empty();
  }

  /** The most frequent statement. */
  Optional<String> first(Fact fact) {
    return all(fact).stream().findFirst().map(Statement::text);
  }

  /** The records of which a fact that others state is not known. */
  long silent(Fact fact) {
    return silent.getOrDefault(fact, 0L);
  }

  /** What the pack says of a fact, where the records say something else. */
  Optional<String> contradicted(Fact fact) {
    return Optional.ofNullable(contradicted.get(fact));
  }

  /** What else is said of the collection: how it was made. */
  Map<String, String> other() {
    return other;
  }

  /** The licence of all records, if it is one. */
  Optional<Licence> licence() {
    return silent(Fact.LICENSE) > 0 ? Optional.empty() : one(Fact.LICENSE).map(Licence::of);
  }

  /** What a person must know: no licence, more than one, or the pack and its records at odds. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    List<Statement> licences = all(Fact.LICENSE);
    if (licences.isEmpty()) {
      warnings.add(
          "no licence is stated, so the descriptions say \"unknown\"; state it with --attribute license=...");
    } else if (licences.size() > 1) {
      warnings.add(
          "the records have " + licences.size() + " different licences; the data card lists them");
    }
    if (silent(Fact.LICENSE) > 0) {
      warnings.add(silent(Fact.LICENSE) + " records have no licence where others have one");
    }
    if (all(Fact.HOLDER).size() > 1) {
      warnings.add("the records have " + all(Fact.HOLDER).size() + " different copyright holders");
    }
    contradicted.forEach(
        (fact, text) ->
            warnings.add(
                "the table and the pack are at odds about the "
                    + fact.label().toLowerCase(Locale.ROOT)
                    + ": the records have \""
                    + all(fact).get(0).text()
                    + "\", which is published, the pack \""
                    + text
                    + "\""));
    return warnings;
  }
}
