package dev.instar.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/** Writes HTML in which outside text cannot be anything but text. Not thread-safe. */
final class Html {
  private final Appendable out;

  Html(Appendable out) {
    this.out = out;
  }

  /** Markup of our own, as it is. */
  Html raw(String markup) {
    try {
      out.append(markup);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Text from outside, for content or for an attribute's value between double quotes. */
  Html text(String text) {
    return raw(escaped(text));
  }

  /** An element that holds nothing but {@code text}; {@code attributes} are markup. */
  Html element(String name, String attributes, String text) {
    raw("<" + name + (attributes.isEmpty() ? "" : " " + attributes) + ">");
    return text(text).raw("</" + name + ">");
  }

  /** A picture from its JPEG bytes, inside the page. */
  Html image(byte[] jpeg, String description) {
    raw("<img loading=\"lazy\" alt=\"").text(description).raw("\" src=\"data:image/jpeg;base64,");
    return raw(Base64.getEncoder().encodeToString(jpeg)).raw("\">");
  }

  /**
   * Text with what HTML would read as markup written as references. Controls, unpaired surrogates,
   * and marks that reverse the direction of what follows become the replacement character: a name
   * must not look like another one.
   */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(showable(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  private static boolean showable(int c) {
    boolean whitespace = c == '\n' || c == '\t';
    boolean control = Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    boolean turning = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return whitespace || !(control || turning);
  }
}
