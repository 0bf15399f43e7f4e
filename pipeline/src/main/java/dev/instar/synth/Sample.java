package dev.instar.synth;

import java.util.Locale;

/**
 * What the metadata say of one made-up photograph.
 *
 * @param index its place in the collection, from 0
 * @param name its file name, such as {@code BIOUG00001-A01.jpg}; published collections have numbers
 *     as names too, and so has this one
 * @param part the number of its {@code part{n}} folder, from 1, 10,000 photographs each
 * @param sampleId plate and well
 * @param processId a running number in the form of BOLD's
 * @param lineage its place among the insects
 */
public record Sample(
    int index, String name, int part, String sampleId, String processId, Lineage lineage) {
  private static final int WELLS = 95;
  static final int PART = 10_000;
  private static final int WELL_ROWS = 12;

  static Sample of(SynthPlan plan, Fauna fauna, int index) {
    return of(plan.seed(), index, fauna.draw(plan.mix(), new Dice(plan.seed(), index, 0x7A8A)));
  }

  static Sample of(long seed, int index, Lineage lineage) {
    int plate = index / WELLS + 1;
    int well = index % WELLS;
    String sampleId =
        String.format(
            Locale.ROOT, "BIOUG%05d-%c%02d", plate, 'A' + well / WELL_ROWS, well % WELL_ROWS + 1);
    boolean numbered = new Dice(seed, plate, 0x9A3E).chance(0.4);
    String name = (numbered ? String.valueOf(3_000_000 + index) : sampleId) + ".jpg";
    return new Sample(
        index, name, index / PART + 1, sampleId, "SYNTH" + (index + 1) + "-26", lineage);
  }

  /** The path below the collection's folder, such as {@code part1/BIOUG00001-A01.jpg}. */
  public String path() {
    return "part" + part + "/" + name;
  }

  /** The order, such as {@code Diptera}. */
  public String order() {
    return lineage.order();
  }

  /** The family, or {@code not_classified}. */
  public String family() {
    return lineage.family();
  }
}
