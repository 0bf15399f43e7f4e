package dev.instar.fetch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A start or end tag of a page that nobody vouches for.
 *
 * @param name in lower case; of an end tag with its slash
 * @param attributes decoded, by name in lower case
 */
record HtmlTag(String name, Map<String, String> attributes) {
  private static final int LONGEST_REFERENCE = 10;

  /** The value of an attribute, empty where it is absent. */
  String get(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  /**
   * The tags of a page in order; what is no tag is passed over. Takes time in proportion to the
   * page.
   */
  static List<HtmlTag> scan(String html) {
    List<HtmlTag> tags = new ArrayList<>();
    Scanner scanner = new Scanner(html);
    while (true) {
      Optional<HtmlTag> tag = scanner.next();
      if (tag.isEmpty()) {
        return tags;
      }
      tags.add(tag.get());
    }
  }

  /** Text without its character references; those unknown stay as they are. */
  static String decoded(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = c == '&' ? semicolon(text, at) : -1;
      Optional<String> character =
          end < 0 ? Optional.empty() : character(text.substring(at + 1, end));
      plain.append(character.orElse(String.valueOf(c)));
      at = character.isPresent() ? end + 1 : at + 1;
    }
    return plain.toString();
  }

  /** Where the character reference that begins at {@code at} ends, -1 if it is none. */
  private static int semicolon(String text, int at) {
    int end = at;
    while (end < text.length() && end - at <= LONGEST_REFERENCE) {
      if (text.charAt(end) == ';') {
        return end;
      }
      end++;
    }
    return -1;
  }

  private static Optional<String> character(String reference) {
    switch (reference) {
      case "amp":
        return Optional.of("&");
      case "quot":
        return Optional.of("\"");
      case "apos":
        return Optional.of("'");
      case "lt":
        return Optional.of("<");
      case "gt":
        return Optional.of(">");
      default:
        break;
    }
    boolean hexadecimal = reference.matches("#[xX][0-9a-fA-F]{1,6}");
    if (!hexadecimal && !reference.matches("#[0-9]{1,7}")) {
      return Optional.empty();
    }
    int code = Integer.parseInt(reference.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
    return Character.isValidCodePoint(code)
        ? Optional.of(Character.toString(code))
        : Optional.empty();
  }

  private static final class Scanner {
    private final String html;
    private int at;

    private Scanner(String html) {
      this.html = html;
    }

    private Optional<HtmlTag> next() {
      while (true) {
        at = html.indexOf('<', at);
        if (at < 0) {
          at = html.length();
          return Optional.empty();
        }
        at++;
        int start = at;
        if (here('/')) {
          at++;
        }
        skipName();
        String name = html.substring(start, at).toLowerCase(Locale.ROOT);
        if (name.length() > (name.startsWith("/") ? 1 : 0)) {
          return Optional.of(new HtmlTag(name, attributes()));
        }
      }
    }

    private Map<String, String> attributes() {
      Map<String, String> attributes = new HashMap<>();
      while (at < html.length() && !here('>')) {
        int start = at;
        skipName();
        if (at == start) {
          at++;
          continue;
        }
        String name = html.substring(start, at).toLowerCase(Locale.ROOT);
        skipSpace();
        if (!here('=')) {
          attributes.putIfAbsent(name, "");
          continue;
        }
        at++;
        skipSpace();
        attributes.putIfAbsent(name, decoded(value()));
      }
      at = Math.min(at + 1, html.length());
      return attributes;
    }

    private String value() {
      int start = at;
      if (here('"') || here('\'')) {
        int end = html.indexOf(html.charAt(at), at + 1);
        at = end < 0 ? html.length() : end + 1;
        return html.substring(start + 1, end < 0 ? html.length() : end);
      }
      while (at < html.length() && !here('>') && !Character.isWhitespace(html.charAt(at))) {
        at++;
      }
      return html.substring(start, at);
    }

    private boolean here(char c) {
      return at < html.length() && html.charAt(at) == c;
    }

    private void skipName() {
      while (at < html.length()
          && (Character.isLetterOrDigit(html.charAt(at)) || html.charAt(at) == '-')) {
        at++;
      }
    }

    private void skipSpace() {
      while (at < html.length() && Character.isWhitespace(html.charAt(at))) {
        at++;
      }
    }
  }
}
