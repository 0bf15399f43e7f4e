package dev.instar.taxonomy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The column names of a table, in the order of the file.
 *
 * @param file where they were read, for messages
 * @param columns the names; a name may stand more than once
 */
public record Header(Path file, List<String> columns) {
  public Header {
    columns = List.copyOf(columns);
  }

  /** The number of columns. */
  public int size() {
    return columns.size();
  }

  /** The position of the column {@code name}, if there is one. */
  public OptionalInt find(String name) throws MetadataException {
    int first = columns.indexOf(name);
    if (first < 0) {
      return OptionalInt.empty();
    }
    if (columns.lastIndexOf(name) != first) {
      throw new MetadataException(file + " has more than one column '" + name + "'");
    }
    return OptionalInt.of(first);
  }

  /** The position of the first column that goes by a name of {@code field}, if there is one. */
  public OptionalInt find(Field field) throws MetadataException {
    for (String name : field.columns()) {
      OptionalInt found = find(name);
      if (found.isPresent()) {
        return found;
      }
    }
    return OptionalInt.empty();
  }

  /** The name that this table gives the column of {@code field}, if it has one. */
  public Optional<String> nameOf(Field field) throws MetadataException {
    OptionalInt found = find(field);
    return found.isPresent() ? Optional.of(columns.get(found.getAsInt())) : Optional.empty();
  }

  /** The ranks that have a column here, from the widest on. */
  public List<Rank> ranks() throws MetadataException {
    List<Rank> ranks = new ArrayList<>();
    for (Rank rank : Rank.values()) {
      if (find(rank.field()).isPresent()) {
        ranks.add(rank);
      }
    }
    return List.copyOf(ranks);
  }
}
