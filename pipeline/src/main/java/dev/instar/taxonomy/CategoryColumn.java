package dev.instar.taxonomy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects a {@link Category} from several threads, each with a dictionary of its own, which are
 * joined at the end.
 */
final class CategoryColumn implements ColumnPlan {
  private final String name;
  private final MissingValues missing;
  private final List<Scan> scans = new ArrayList<>();
  private int[][] codes;
  private Scan[] owners;

  CategoryColumn(String name, MissingValues missing) {
    this.name = name;
    this.missing = missing;
  }

  @Override
  public void begin(int stretches) {
    codes = new int[stretches][];
    owners = new Scan[stretches];
  }

  @Override
  public Scan newScan() {
    Scan scan = new Scan();
    scans.add(scan);
    return scan;
  }

  private record Entry(Scan scan, int number) {
    long firstSeen() {
      return scan.dictionary.firstSeen(number);
    }
  }

  Category join(int[] rowsBefore) {
    List<String> labels = new ArrayList<>();
    Map<String, Integer> codeOf = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Scan scan : scans) {
      scan.translation = new int[scan.dictionary.size()];
      for (int number = 0; number < scan.dictionary.size(); number++) {
        entries.add(new Entry(scan, number));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::firstSeen));
    for (Entry entry : entries) {
      String label = missing.classOf(entry.scan.dictionary.text(entry.number));
      int code = Category.MISSING;
      if (!label.isEmpty()) {
        code = codeOf.computeIfAbsent(label, added -> labels.size());
        if (code == labels.size()) {
          labels.add(label);
        }
      }
      entry.scan.translation[entry.number] = code;
    }
    int[] joined = new int[rowsBefore[rowsBefore.length - 1]];
    for (int stretch = 0; stretch < codes.length; stretch++) {
      int[] translation = owners[stretch].translation;
      int row = rowsBefore[stretch];
      for (int code : codes[stretch]) {
        joined[row++] = translation[code];
      }
      codes[stretch] = null;
    }
    return new Category(name, joined, labels, codeOf);
  }

  private final class Scan implements ColumnScan {
    private final Dictionary dictionary = new Dictionary();
    private int[] pending = new int[4096];
    private int count;
    private int[] translation;

    @Override
    public void add(byte[] data, int from, int to, long appearance) {
      if (count == pending.length) {
        pending = Arrays.copyOf(pending, count * 2);
      }
      pending[count++] = dictionary.number(data, from, to, appearance);
    }

    @Override
    public void endStretch(int stretch) {
      codes[stretch] = Arrays.copyOf(pending, count);
      owners[stretch] = this;
      count = 0;
    }
  }
}
