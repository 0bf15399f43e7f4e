package dev.instar.publish;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the data card, the citation file and Croissant are written from.
 *
 * @param plan what is published
 * @param facts what is known of the whole
 * @param contents what was written
 * @param shards the files of the records
 * @param settings what was asked for
 */
record Description(
    Plan plan, Facts facts, Contents contents, List<Shard> shards, Settings settings) {
  /** What licence descriptions state where none is known. */
  static final String UNKNOWN = "unknown";

  /** What the publication is called: as stated, or as its folder is. */
  String name() {
    return facts
        .first(Fact.NAME)
        .orElseGet(() -> settings.folder().toAbsolutePath().normalize().getFileName().toString());
  }

  /** A sentence or two. */
  String summary() {
    return facts
        .first(Fact.DESCRIPTION)
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "%,d photographs of specimens with their metadata%s.",
                    contents.records(),
                    contents
                        .column()
                        .map(
                            column ->
                                String.format(
                                    Locale.ROOT,
                                    ", %,d classes by %s",
                                    contents.classes().size(),
                                    column))
                        .orElse("")));
  }

  String version() {
    return facts.first(Fact.VERSION).orElse("1.0.0");
  }

  /** When it was published: as stated, or today (UTC). */
  String date() {
    return facts.first(Fact.DATE).orElseGet(() -> LocalDate.now(ZoneOffset.UTC).toString());
  }

  /** Who made it: the author, or else who holds the rights. */
  Optional<String> creator() {
    return facts
        .first(Fact.AUTHOR)
        .or(() -> facts.first(Fact.INSTITUTION))
        .or(() -> facts.first(Fact.HOLDER));
  }

  /** The splits' names. */
  List<String> splits() {
    return contents.splits().stream().map(SplitCount::name).toList();
  }
}
