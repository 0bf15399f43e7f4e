package dev.instar.report;

import dev.instar.report.NamedTable.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables as LaTeX, for {@code \input}: with booktabs, and longtable where a page might not be
 * enough. Any engine with UTF-8 input, which is all since 2018.
 */
final class LatexText {
  /** Rows that fit on a page with their caption. */
  private static final int MOST_ON_A_PAGE = 35;

  /** Texts beyond these characters are broken into lines. */
  private static final int MOST_IN_A_LINE = 40;

  /** Words beyond these characters may be broken. */
  private static final int MOST_IN_A_WORD = 24;

  /** Two of them would be one sign. */
  private static final String LIGATURES = "-',";

  private final NamedTable named;
  private final Table table;

  private LatexText(NamedTable named) {
    this.named = named;
    table = named.table();
  }

  static String of(NamedTable named) {
    return new LatexText(named).text();
  }

  private String text() {
    boolean isLong = table.rows().size() > MOST_ON_A_PAGE;
    String caption = "\\caption{" + escaped(named.title() + ". " + named.caption()) + "}";
    String label = "\\label{tab:" + named.name().replaceAll("[^A-Za-z0-9.-]", "-") + "}";
    String columns = "{" + columns() + "}";
    String names =
        table.columns().stream().map(LatexText::escaped).collect(Collectors.joining(" & "))
            + " \\\\\n";
    StringBuilder text = new StringBuilder();
    text.append("% Needs \\usepackage{booktabs}");
    text.append(isLong ? " and \\usepackage{longtable}.\n" : ".\n");
    if (isLong) {
      text.append("\\begin{longtable}").append(columns).append('\n');
      text.append(caption).append(label).append("\\\\\n\\toprule\n").append(names);
      text.append("\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n");
    } else {
      text.append("\\begin{table}\n\\centering\n").append(caption).append(label).append('\n');
      text.append("\\begin{tabular}").append(columns).append("\n\\toprule\n").append(names);
      text.append("\\midrule\n");
    }
    for (int r = 0; r < table.rows().size(); r++) {
      text.append(row(r)).append(" \\\\\n");
    }
    text.append(isLong ? "\\end{longtable}\n" : "\\bottomrule\n\\end{tabular}\n\\end{table}\n");
    return text.toString();
  }

  private String columns() {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < table.columns().size(); i++) {
      columns.append(table.numeric(i) ? "r" : wide(i) ? "p{0.4\\linewidth}" : "l");
    }
    return columns.toString();
  }

  private boolean wide(int column) {
    return table.rows().stream().anyMatch(row -> row.get(column).length() > MOST_IN_A_LINE);
  }

  private String row(int row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String cell = table.rows().get(row).get(i);
      String escaped = table.numeric(i) ? number(cell) : wide(i) ? breakable(cell) : escaped(cell);
      cells.add(named.best().contains(new Place(row, i)) ? "\\textbf{" + escaped + "}" : escaped);
    }
    return String.join(" & ", cells);
  }

  /** A number whose sign is a minus, not a hyphen. */
  private static String number(String cell) {
    return cell.equals(Table.NONE) ? escaped(cell) : escaped(cell.replace('-', '\u2212'));
  }

  /** Text whose long words, such as paths, may end lines after their parts. */
  private static String breakable(String text) {
    StringBuilder broken = new StringBuilder();
    for (String word : text.split(" ")) {
      String escaped = escaped(word);
      broken.append(broken.length() == 0 ? "" : " ");
      broken.append(
          word.length() > MOST_IN_A_WORD
              ? escaped.replaceAll("(?<=[/=,.]|\\\\_)", "\\\\allowbreak{}")
              : escaped);
    }
    return broken.toString();
  }

  /**
   * Text that LaTeX reads as nothing but text. Characters beyond those of Western European scripts
   * become question marks: which of them a document's fonts have is not known here.
   */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    int last = 0;
    for (int c : text.codePoints().toArray()) {
      boolean ligature = c == last && LIGATURES.indexOf(c) >= 0;
      escaped.append(ligature ? "{}" : "").append(escaped(c));
      last = c;
    }
    return escaped.toString();
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\\' -> "\\textbackslash{}";
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      // Babel may give them a meaning.
      case '"', '`' -> "{\\char" + c + "}";
      case '{', '}', '$', '&', '#', '%', '_' -> "\\" + (char) c;
      // After the end of a row it would begin a distance.
      case '[' -> "{[}";
      case '\u2212' -> "$-$";
      case '\u00b1' -> "$\\pm$";
      case '\u00d7' -> "$\\times$";
      case '\u2248' -> "$\\approx$";
      case '\u2013' -> "--";
      case '\n', '\t' -> " ";
      default -> printable(c) ? Character.toString(c) : "?";
    };
  }

  /** Those that every encoding of LaTeX's fonts has; eth and thorn are not among them. */
  private static boolean printable(int c) {
    boolean latin = c >= 0xc0 && c <= 0xff && Character.isLetter(c);
    return c >= ' ' && c < 0x7f || latin && "\u00d0\u00f0\u00de\u00fe".indexOf(c) < 0;
  }
}
