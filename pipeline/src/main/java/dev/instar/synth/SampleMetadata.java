package dev.instar.synth;

import java.util.List;

/**
 * The metadata of made-up photographs in the 28 columns of BIOSCAN-1M, tabs between them and no
 * quotes. Immutable.
 */
final class SampleMetadata {
  private static final List<String> COLUMNS =
      List.of(
          "sampleid",
          "processid",
          "uri",
          "name",
          "phylum",
          "class",
          "order",
          "family",
          "subfamily",
          "tribe",
          "genus",
          "species",
          "subspecies",
          "nucraw",
          "image_file",
          "large_diptera_family",
          "medium_diptera_family",
          "small_diptera_family",
          "large_insect_order",
          "medium_insect_order",
          "small_insect_order",
          "chunk_number",
          "copyright_license",
          "copyright_holder",
          "copyright_institution",
          "copyright_contact",
          "photographer",
          "author");

  // Shares of BIOSCAN-1M's records that are named at a rank, each among those named at the rank
  // above it.
  private static final double SUBFAMILY = 0.235;
  private static final double TRIBE_OF_SUBFAMILY = 0.054 / 0.235;
  private static final double GENUS_OF_SUBFAMILY = 0.225 / 0.235;
  private static final double SPECIES_OF_GENUS = 0.075 / 0.225;

  private final long seed;
  private final Barcodes barcodes;

  SampleMetadata(long seed) {
    this.seed = seed;
    barcodes = new Barcodes(seed);
  }

  /** The header's line, without its end. */
  static String header() {
    return String.join("\t", COLUMNS);
  }

  /** The line of {@code sample}, without its end. */
  String row(Sample sample) {
    Lineage lineage = sample.lineage();
    Dice dice = new Dice(seed, sample.index(), 0x2A2B);
    String missing = Lineage.NOT_CLASSIFIED;
    boolean named = !lineage.family().equals(missing) && dice.chance(SUBFAMILY);
    String subfamily = named ? lineage.familyWith("inae") : missing;
    String tribe = named && dice.chance(TRIBE_OF_SUBFAMILY) ? lineage.familyWith("ini") : missing;
    String genus = named && dice.chance(GENUS_OF_SUBFAMILY) ? lineage.genus() : missing;
    boolean known = !genus.equals(missing) && dice.chance(SPECIES_OF_GENUS);
    String species = known ? lineage.species() : missing;
    return row(sample, subfamily, tribe, genus, species, barcodes.of(lineage, sample.index()));
  }

  /** The line of {@code sample} with these names below its family, without its end. */
  static String row(
      Sample sample, String subfamily, String tribe, String genus, String species, String barcode) {
    Lineage lineage = sample.lineage();
    String missing = Lineage.NOT_CLASSIFIED;
    return String.join(
        "\t",
        sample.sampleId(),
        sample.processId(),
        lineage.uri(),
        mostSpecific(species, genus, tribe, subfamily, lineage.family(), lineage.order()),
        "Arthropoda",
        "Insecta",
        lineage.order(),
        lineage.family(),
        subfamily,
        tribe,
        genus,
        species,
        missing,
        barcode,
        sample.name(),
        "no_split",
        "no_split",
        "no_split",
        "no_split",
        "no_split",
        "no_split",
        String.valueOf(sample.part()),
        "CC0-1.0",
        "nobody: a drawing with invented labels",
        "Instar",
        missing,
        "Instar synth",
        "Instar synth");
  }

  private static String mostSpecific(String... names) {
    for (String name : names) {
      if (!name.equals(Lineage.NOT_CLASSIFIED)) {
        return name;
      }
    }
    throw new IllegalArgumentException("a specimen without an order");
  }
}
