package dev.instar.taxonomy;

import java.util.List;
import java.util.Locale;

/**
 * What a column of a specimen table means, and the names that it goes by: in the published table of
 * BIOSCAN-1M, in its early 18-column form, in BIOSCAN-5M, and in BOLD's own downloads.
 */
public enum Field {
  SAMPLE_ID("sampleid"),
  PROCESS_ID("processid"),
  NAME("name", "taxon"),
  DOMAIN("domain"),
  KINGDOM("kingdom"),
  PHYLUM("phylum", "phylum_name"),
  CLASS("class", "class_name"),
  ORDER("order", "order_name"),
  FAMILY("family", "family_name"),
  SUBFAMILY("subfamily", "subfamily_name"),
  TRIBE("tribe", "tribe_name"),
  GENUS("genus", "genus_name"),
  SPECIES("species", "species_name"),
  SUBSPECIES("subspecies", "subspecies_name"),
  BIN("uri", "dna_bin", "bin_uri"),
  BARCODE("nucraw", "dna_barcode", "nucleotides"),
  IMAGE_FILE("image_file"),
  PART("chunk_number", "chunk"),
  SPLIT("split"),
  LICENSE("copyright_license", "licence", "license"),
  LICENSE_HOLDER("copyright_holder", "licence_holder");

  private final List<String> columns;

  Field(String... columns) {
    this.columns = List.of(columns);
  }

  /** The column names that mean this, BIOSCAN-1M's first. */
  public List<String> columns() {
    return columns;
  }

  /** The field's name in text: lower case, as in {@code order}. */
  public String label() {
    return this == BIN ? "BIN" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
