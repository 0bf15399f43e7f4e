package dev.instar.publish;

import java.util.List;
import java.util.Locale;

/**
 * What a description says of a collection as a whole, and where it may be stated: in columns of the
 * table, or in attributes of the pack.
 */
enum Fact {
  NAME(List.of(), List.of("name", "title")),
  DESCRIPTION(List.of(), List.of("description")),
  LICENSE(
      List.of("copyright_license", "licence", "license"),
      List.of("license", "licence", "copyright_license")),
  HOLDER(
      List.of("copyright_holder", "licence_holder"),
      List.of("holder", "copyright_holder", "licence_holder", "copyright")),
  INSTITUTION(
      List.of("copyright_institution", "depository"),
      List.of("institution", "copyright_institution")),
  CONTACT(List.of("copyright_contact"), List.of("contact", "copyright_contact")),
  YEAR(List.of("copyright_year"), List.of("year", "copyright_year")),
  PHOTOGRAPHER(List.of("photographer"), List.of("photographer")),
  AUTHOR(List.of("author"), List.of("author", "creator")),
  CITATION(List.of(), List.of("citation")),
  URL(List.of(), List.of("url", "homepage")),
  VERSION(List.of(), List.of("version")),
  DATE(List.of(), List.of("date_published", "date"));

  private final List<String> columns;
  private final List<String> attributes;

  Fact(List<String> columns, List<String> attributes) {
    this.columns = columns;
    this.attributes = attributes;
  }

  /** The columns that may state it. */
  List<String> columns() {
    return columns;
  }

  /** Whether an attribute of that name states it: {@code Copyright License} is one of licence. */
  boolean isAttribute(String name) {
    return attributes.contains(name.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_"));
  }

  /** The fact in text. */
  String label() {
    return switch (this) {
      case LICENSE -> "Licence";
      case HOLDER -> "Copyright holder";
      default -> name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    };
  }
}
