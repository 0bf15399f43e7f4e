package dev.instar.crop;

import dev.instar.image.InputException;
import dev.instar.pack.NameTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The boxes that were found beside the true ones, photograph by photograph.
 *
 * @param pairs in the order of the found ones
 * @param onlyFound photographs that the truth does not list
 * @param onlyTrue photographs that were not looked at
 * @param misshapen photographs whose boxes were drawn on pictures of different shapes
 */
public record BoxPairs(
    List<Pair> pairs, List<String> onlyFound, List<String> onlyTrue, List<String> misshapen) {
  /**
   * One photograph.
   *
   * @param found in pixels of the picture that the true boxes were drawn on
   */
  public record Pair(BoxRecord found, BoxRecord truth) {
    /** Its name in the truth. */
    public String name() {
      return truth.name();
    }
  }

  /**
   * Reads two box files of any form and pairs them by names, which may lack their folders or
   * endings in one of both, as {@link BoxFile#boxOf} looks them up.
   *
   * @throws BoxFileException if a file cannot be used
   */
  public static BoxPairs read(Path found, Path truth) throws IOException {
    return of(BoxTable.read(found), BoxTable.read(truth));
  }

  static BoxPairs of(BoxTable found, BoxTable truth) {
    int[] trueRows = new int[found.size()];
    BitSet known = new BitSet();
    for (int row = 0; row < trueRows.length; row++) {
      trueRows[row] = unclaimed(rowOf(found.key(row), truth), known);
    }
    // A name with less to it than the other file's is found the other way round.
    for (int row = known.nextClearBit(0); row < truth.size(); row = known.nextClearBit(row + 1)) {
      int other = rowOf(truth.key(row), found);
      if (other != NameTable.NONE && trueRows[other] == NameTable.NONE) {
        trueRows[other] = row;
        known.set(row);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    List<String> onlyFound = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    for (int row = 0; row < trueRows.length; row++) {
      if (trueRows[row] == NameTable.NONE) {
        onlyFound.add(found.key(row));
      } else {
        pair(found.record(row), truth.record(trueRows[row]), pairs, misshapen);
      }
    }
    List<String> onlyTrue = new ArrayList<>();
    for (int row = known.nextClearBit(0); row < truth.size(); row = known.nextClearBit(row + 1)) {
      onlyTrue.add(truth.key(row));
    }
    return new BoxPairs(pairs, onlyFound, onlyTrue, misshapen);
  }

  private static int rowOf(String name, BoxTable table) {
    try {
      return table.rowOf(name);
    } catch (InputException e) { // several of this file name: none is surely meant
      return NameTable.NONE;
    }
  }

  private static int unclaimed(int row, BitSet claimed) {
    if (row == NameTable.NONE || claimed.get(row)) {
      return NameTable.NONE;
    }
    claimed.set(row);
    return row;
  }

  private static void pair(
      BoxRecord found, BoxRecord truth, List<Pair> pairs, List<String> misshapen) {
    try {
      BoxRecord same = truth.drawnOn().isEmpty() ? found : found.onto(truth.drawnOn().get());
      pairs.add(new Pair(same, truth));
    } catch (InputException e) {
      misshapen.add(truth.name());
    }
  }
}
