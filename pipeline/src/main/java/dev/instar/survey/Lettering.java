package dev.instar.survey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Capitals, digits and the point as dots, 5 across and 7 down, drawn in {@code lettering.txt}. Java
 * has fonts only where the system has some, and servers often have none.
 */
final class Lettering {
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;

  /** Dots from one letter to the next. */
  private static final int STEP = COLUMNS + 1;

  /** Dots around a text. */
  private static final int MARGIN = 2;

  private static final Map<Character, boolean[]> LETTERS = read();

  private Lettering() {}

  /** Takes the place of one dot, counted from the upper left corner of the text's ground. */
  @FunctionalInterface
  interface Dots {
    void dot(int column, int row);
  }

  /** The width of a text with its margin, in pixels, where a dot is {@code scale} pixels wide. */
  static int widthOf(String text, int scale) {
    return (text.length() * STEP - 1 + 2 * MARGIN) * scale;
  }

  /** The height of a text with its margin, in pixels. */
  static int heightOf(int scale) {
    return (ROWS + 2 * MARGIN) * scale;
  }

  /**
   * Gives the dots of a text; small letters are drawn as capitals, and what has no form stays
   * blank.
   */
  static void dots(String text, Dots dots) {
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      boolean[] letter = LETTERS.getOrDefault(capitals.charAt(i), new boolean[COLUMNS * ROWS]);
      for (int dot = 0; dot < letter.length; dot++) {
        if (letter[dot]) {
          dots.dot(MARGIN + i * STEP + dot % COLUMNS, MARGIN + dot / COLUMNS);
        }
      }
    }
  }

  /** Each band of letters is a line that names them and a line for each row of their dots. */
  private static Map<Character, boolean[]> read() {
    List<String> lines;
    try (InputStream text = Lettering.class.getResourceAsStream("lettering.txt")) {
      lines = new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<Character, boolean[]> letters = new TreeMap<>();
    for (int band = 0; band < lines.size(); band += ROWS + 1) {
      String names = lines.get(band);
      for (int at = 0; at < names.length(); at += STEP) {
        boolean[] letter = new boolean[COLUMNS * ROWS];
        for (int dot = 0; dot < letter.length; dot++) {
          letter[dot] = lines.get(band + 1 + dot / COLUMNS).charAt(at + dot % COLUMNS) == '#';
        }
        letters.put(names.charAt(at), letter);
      }
    }
    return letters;
  }
}
