package dev.instar.fetch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that an answer carries.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte
 * @param total bytes of the whole file, or {@link PublishedFile#UNKNOWN}
 */
record ContentRange(long first, long last, long total) {
  private static final Pattern FORM =
      Pattern.compile("bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern UNSATISFIED = Pattern.compile("bytes\\s+\\*/(\\d{1,18})");

  /** Reads a {@code Content-Range} field; empty if it makes no sense. */
  static Optional<ContentRange> parse(String field) {
    Matcher matcher = FORM.matcher(field.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    long total =
        matcher.group(3).equals("*") ? PublishedFile.UNKNOWN : Long.parseLong(matcher.group(3));
    return last < first || total >= 0 && last >= total
        ? Optional.empty()
        : Optional.of(new ContentRange(first, last, total));
  }

  /**
   * The file's size in the answer to a range that lies outside it; empty if the field says
   * something else.
   */
  static Optional<Long> unsatisfied(String field) {
    Matcher matcher = UNSATISFIED.matcher(field.strip());
    return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
  }
}
