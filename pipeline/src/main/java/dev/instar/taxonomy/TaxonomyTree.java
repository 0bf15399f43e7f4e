package dev.instar.taxonomy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A taxon, the number of its records, and the taxa below it that they name; ranks that a record
 * does not name are skipped.
 *
 * @param rank its rank
 * @param name its name
 * @param records the number of records in it
 * @param children the taxa below it, by falling number of records
 */
public record TaxonomyTree(Rank rank, String name, long records, List<TaxonomyTree> children) {
  public TaxonomyTree {
    children = List.copyOf(children);
  }

  /** Those of its records that name no taxon below it. */
  public long unresolved() {
    return records - children.stream().mapToLong(TaxonomyTree::records).sum();
  }

  /**
   * The widest taxa of a table, with all below them down to species; BINs and subspecies are left
   * out.
   */
  public static List<TaxonomyTree> of(MetadataTable table) {
    List<Rank> ranks = new ArrayList<>();
    List<Category> columns = new ArrayList<>();
    for (Rank rank : Rank.values()) {
      if (rank.compareTo(Rank.SPECIES) <= 0) {
        table
            .find(rank.field())
            .ifPresent(
                column -> {
                  ranks.add(rank);
                  columns.add(column);
                });
      }
    }
    Node root = new Node(null, "");
    for (int row = 0; row < table.rows(); row++) {
      Node node = root;
      for (int level = 0; level < columns.size(); level++) {
        Category column = columns.get(level);
        int code = column.code(row);
        if (code != Category.MISSING) {
          node = node.child(ranks.get(level), level, code, column);
          node.records++;
        }
      }
    }
    return root.tree().children;
  }

  private static final class Node {
    private final Rank rank;
    private final String name;
    private final Map<Long, Node> children = new HashMap<>();
    private long records;
    private long last = -1;
    private Node lastChild;

    Node(Rank rank, String name) {
      this.rank = rank;
      this.name = name;
    }

    Node child(Rank childRank, int level, int code, Category column) {
      long key = (long) level << 32 | code;
      if (key != last) {
        last = key;
        lastChild =
            children.computeIfAbsent(key, absent -> new Node(childRank, column.label(code)));
      }
      return lastChild;
    }

    TaxonomyTree tree() {
      List<TaxonomyTree> below =
          children.values().stream()
              .map(Node::tree)
              .sorted(
                  Comparator.comparingLong((TaxonomyTree child) -> -child.records)
                      .thenComparing(TaxonomyTree::name))
              .toList();
      return new TaxonomyTree(rank, name, records, below);
    }
  }
}
