package dev.instar.publish;

import java.util.Optional;

/** {@code CITATION.cff}, in the Citation File Format 1.2.0. */
final class CitationFile {
  private CitationFile() {}

  static String text(Description of) {
    Facts facts = of.facts();
    StringBuilder text = new StringBuilder("cff-version: 1.2.0\n");
    text.append("message: ").append(Yaml.quoted(message(facts))).append('\n');
    text.append("title: ").append(Yaml.quoted(of.name())).append('\n');
    text.append("type: dataset\n");
    text.append("authors:\n  - name: ")
        .append(Yaml.quoted(of.creator().orElse(Description.UNKNOWN)))
        .append('\n');
    text.append("abstract: ").append(Yaml.quoted(of.summary())).append('\n');
    text.append("version: ").append(Yaml.quoted(of.version())).append('\n');
    if (of.date().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      text.append("date-released: ").append(Yaml.quoted(of.date())).append('\n');
    }
    facts
        .first(Fact.URL)
        .filter(url -> url.matches("(https?|s?ftp)://\\S+"))
        .ifPresent(url -> text.append("url: ").append(Yaml.quoted(url)).append('\n'));
    // The format takes SPDX identifiers alone, and reads several as a choice.
    facts
        .licence()
        .flatMap(Licence::spdx)
        .ifPresent(spdx -> text.append("license: ").append(spdx).append('\n'));
    return text.toString();
  }

  private static String message(Facts facts) {
    Optional<String> citation = facts.first(Fact.CITATION);
    String licence =
        facts.all(Fact.LICENSE).isEmpty()
            ? " Its licence is unknown."
            : facts.licence().isEmpty() ? " Licences differ; README.md lists them." : "";
    return citation.map(text -> "Please cite: " + text).orElse("Please cite this dataset as below.")
        + licence;
  }
}
