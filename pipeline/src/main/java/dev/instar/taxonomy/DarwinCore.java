package dev.instar.taxonomy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the columns of a specimen table mean in the vocabularies that museums and GBIF share. */
final class DarwinCore {
  private static final String DWC = "http://rs.tdwg.org/dwc/terms/";
  private static final String DC = "http://purl.org/dc/terms/";
  private static final String GBIF = "http://rs.gbif.org/terms/";

  /** The class of each record: a specimen that was collected and sequenced. */
  static final String TYPE = DWC + "PreservedSpecimen";

  /** Where columns that no vocabulary has a term for are named. */
  static final String OTHER = "https://biodiversitygenomics.net/1M_insects/#";

  private static final String RECORD = "https://portal.boldsystems.org/record/";

  private static final Map<Field, String> TERMS =
      Map.ofEntries(
          Map.entry(Field.PROCESS_ID, DWC + "occurrenceID"),
          Map.entry(Field.SAMPLE_ID, DWC + "catalogNumber"),
          Map.entry(Field.NAME, DWC + "scientificName"),
          Map.entry(Field.KINGDOM, DWC + "kingdom"),
          Map.entry(Field.PHYLUM, DWC + "phylum"),
          Map.entry(Field.CLASS, DWC + "class"),
          Map.entry(Field.ORDER, DWC + "order"),
          Map.entry(Field.FAMILY, DWC + "family"),
          Map.entry(Field.SUBFAMILY, DWC + "subfamily"),
          Map.entry(Field.TRIBE, DWC + "tribe"),
          Map.entry(Field.GENUS, DWC + "genus"),
          Map.entry(Field.SPECIES, GBIF + "1.0/species"),
          Map.entry(Field.BIN, DWC + "taxonConceptID"),
          Map.entry(Field.BARCODE, GBIF + "dna_sequence"),
          Map.entry(Field.IMAGE_FILE, DWC + "associatedMedia"),
          Map.entry(Field.LICENSE, DC + "license"),
          Map.entry(Field.LICENSE_HOLDER, DC + "rightsHolder"));

  private static final Map<String, String> BY_COLUMN = byColumn();

  private DarwinCore() {}

  private static Map<String, String> byColumn() {
    Map<String, String> terms = new LinkedHashMap<>();
    TERMS.forEach((field, term) -> field.columns().forEach(column -> terms.put(column, term)));
    return Map.copyOf(terms);
  }

  /** The IRI of the term that a column stands for. */
  static String term(String column) {
    String known = BY_COLUMN.get(column);
    return known != null ? known : OTHER + encoded(column.getBytes(StandardCharsets.UTF_8));
  }

  /** The IRI of the record with a process id: its page at BOLD. */
  static String record(byte[] data, int from, int to) {
    return RECORD + encoded(Arrays.copyOfRange(data, from, to));
  }

  /** RFC 3986: everything but unreserved characters as percent and two digits. */
  private static String encoded(byte[] text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text) {
      char c = (char) (b & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
