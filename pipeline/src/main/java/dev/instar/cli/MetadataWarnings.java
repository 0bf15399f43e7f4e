package dev.instar.cli;

import dev.instar.taxonomy.BadRow;
import dev.instar.taxonomy.BadRows;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What is said about rows that were kept out. */
final class MetadataWarnings {
  private static final int NAMED = 5;

  private MetadataWarnings() {}

  static void print(PrintWriter err, Path table, BadRows bad) {
    if (bad.count() == 0) {
      return;
    }
    int named = Math.min(NAMED, bad.first().size());
    for (BadRow row : bad.first().subList(0, named)) {
      err.println("instar: " + table + ": " + row + "; kept out");
    }
    if (bad.count() > named) {
      err.printf("instar: %s: %,d more rows kept out%n", table, bad.count() - named);
    }
    err.flush();
  }
}
