package dev.instar.taxonomy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether names form a tree: each name lies in one name of every wider rank. */
final class TaxonomyCheck {
  // Ratnasingham and Hebert 2013: BOLD: with three letters and four digits.
  private static final Pattern BIN = Pattern.compile("BOLD:[A-Z]{3}[0-9]{4}");

  private static final int UNSEEN = -1;
  private static final int SEVERAL = -2;

  private TaxonomyCheck() {}

  static void run(MetadataTable table, List<Problem> problems) {
    List<Rank> ranks = new ArrayList<>();
    for (Rank rank : Rank.linnean()) {
      if (table.find(rank.field()).isPresent()) {
        ranks.add(rank);
      }
    }
    for (int narrow = 1; narrow < ranks.size(); narrow++) {
      // The narrowest rank with a conflict names it; those above only repeat it.
      boolean[] known = new boolean[table.category(ranks.get(narrow).field()).size()];
      for (int wide = narrow - 1; wide >= 0; wide--) {
        conflicts(table, ranks.get(narrow), ranks.get(wide), known, problems);
      }
    }
    speciesAndGenus(table, problems);
    bins(table, problems);
  }

  private static void conflicts(
      MetadataTable table, Rank narrow, Rank wide, boolean[] known, List<Problem> problems) {
    Category names = table.category(narrow.field());
    Category parents = table.category(wide.field());
    int[] parentOf = new int[names.size()];
    Arrays.fill(parentOf, UNSEEN);
    for (int row = 0; row < table.rows(); row++) {
      int name = names.code(row);
      int parent = parents.code(row);
      if (name != Category.MISSING && parent != Category.MISSING) {
        parentOf[name] = parentOf[name] == UNSEEN || parentOf[name] == parent ? parent : SEVERAL;
      }
    }
    ProblemList list =
        new ProblemList("broken-taxonomy", narrow.label() + " under more than one " + wide.label());
    for (int name = 0; name < parentOf.length; name++) {
      if (parentOf[name] == SEVERAL && !known[name]) {
        known[name] = true;
        if (list.count()) {
          list.example(names.label(name) + ": " + parentsOf(name, names, parents));
        }
      }
    }
    list.addTo(problems);
  }

  private static String parentsOf(int name, Category names, Category parents) {
    TreeSet<String> labels = new TreeSet<>();
    for (int row = 0; row < names.rows(); row++) {
      if (names.code(row) == name && parents.code(row) != Category.MISSING) {
        labels.add(parents.label(parents.code(row)));
      }
    }
    return ProblemList.joined(labels);
  }

  private static void speciesAndGenus(MetadataTable table, List<Problem> problems) {
    if (table.find(Field.SPECIES).isEmpty() || table.find(Field.GENUS).isEmpty()) {
      return;
    }
    Category species = table.category(Field.SPECIES);
    Category genera = table.category(Field.GENUS);
    ProblemList orphans = new ProblemList("species-without-genus", "rows with a species, no genus");
    ProblemList foreign =
        new ProblemList(
            "species-of-other-genus", "rows whose species is not named after its genus");
    for (int row = 0; row < table.rows(); row++) {
      int code = species.code(row);
      if (code == Category.MISSING) {
        continue;
      }
      String name = species.label(code);
      if (genera.code(row) == Category.MISSING) {
        if (orphans.count()) {
          orphans.example(MetadataCheck.nameOf(table, row) + ": " + name);
        }
      } else if (!name.startsWith(genera.label(genera.code(row)) + " ") && foreign.count()) {
        foreign.example(
            MetadataCheck.nameOf(table, row)
                + ": "
                + name
                + " in "
                + genera.label(genera.code(row)));
      }
    }
    orphans.addTo(problems);
    foreign.addTo(problems);
  }

  private static void bins(MetadataTable table, List<Problem> problems) {
    ProblemList malformed =
        new ProblemList("malformed-bin", "BINs that are not BOLD: with three letters, four digits");
    table
        .find(Field.BIN)
        .ifPresent(
            bins -> {
              for (String bin : bins.labels()) {
                if (!BIN.matcher(bin).matches() && malformed.count()) {
                  malformed.example(bin);
                }
              }
            });
    malformed.addTo(problems);
  }
}
