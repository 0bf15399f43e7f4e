package dev.instar.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * Words that stand for values: in the names of cells, which are names of folders, and in filters.
 */
final class Label {
  /** What a label may be. */
  static final Pattern FORM = Pattern.compile("[A-Za-z0-9+._-]{1,60}");

  private static final int LONGEST = 60;

  private Label() {}

  /**
   * The label of a value that was given none: of a file its name without folders and ending, of
   * anything else its letters, digits and {@code +._-}.
   *
   * @param node as it was written
   * @param value as {@link Settings#value} gave it
   */
  static String of(String key, JsonNode node, String value) {
    if (isFile(key) && value.indexOf('/') >= 0) {
      String name = value.substring(value.lastIndexOf('/') + 1);
      return of(name.replaceFirst("(?<=.)\\.[A-Za-z0-9]+$", ""));
    }
    return of(node.isTextual() ? node.textValue() : node.toString());
  }

  /** The text with what no label has replaced. */
  static String of(String text) {
    String label = text.replaceAll("[^A-Za-z0-9+._-]+", "-");
    // What stands around a list is no part of its label, the sign of a number is.
    label = text.startsWith("-") ? label : label.replaceFirst("^-(?=.)", "");
    label = label.replaceFirst("(?<=.)-$", "");
    label = label.isEmpty() ? "-" : label;
    return label.substring(0, Math.min(LONGEST, label.length()));
  }

  private static boolean isFile(String key) {
    return key.equals("model") || key.equals("recipe") || key.startsWith("weights");
  }
}
