package dev.instar.report;

import dev.instar.report.NamedTable.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables as GitHub's and Pandoc's Markdown. */
final class MarkdownText {
  /** Characters that mean something; an underline means nothing within a word. */
  private static final Pattern MEANING =
      Pattern.compile("[\\\\`*\\[\\]<>#~&$|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private MarkdownText() {}

  static String of(NamedTable named) {
    Table table = named.table();
    StringBuilder text = new StringBuilder();
    text.append("# ").append(escaped(named.title())).append("\n\n");
    appendLine(text, table.columns().stream().map(MarkdownText::escaped).toList());
    List<String> rule = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      rule.add(table.numeric(i) ? "---:" : "---");
    }
    appendLine(text, rule);
    for (int r = 0; r < table.rows().size(); r++) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < table.columns().size(); i++) {
        String cell = escaped(table.rows().get(r).get(i));
        cells.add(named.best().contains(new Place(r, i)) ? "**" + cell + "**" : cell);
      }
      appendLine(text, cells);
    }
    return text.append('\n').append(escaped(named.caption())).append('\n').toString();
  }

  private static void appendLine(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Text that Markdown reads as nothing but text; line ends and other controls become blanks. */
  static String escaped(String text) {
    String line = CONTROL.matcher(text).replaceAll(" ");
    return MEANING
        .matcher(line)
        .replaceAll(match -> Matcher.quoteReplacement("\\" + match.group()));
  }
}
