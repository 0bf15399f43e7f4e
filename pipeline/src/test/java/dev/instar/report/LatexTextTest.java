package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.report.NamedTable.Place;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LatexTextTest {
  /** What may stand in a text: commands without an argument, escapes, a few formulae, letters. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar)\\{}"
              + "|\\{\\\\char(34|96)}"
              + "|\\\\[{}$&#%_]"
              + "|\\$(-|\\\\pm|\\\\approx|\\\\times)\\$"
              + "|\\{\\[}|\\{}|--"
              + "|[ -~&&[^\\\\{}$&#%_^~\"`<>|\\[]]"
              + "|[\\u00c0-\\u00ff&&[^\\u00d7\\u00f7]]");

  /** Whether LaTeX would read anything as more than text. */
  private static boolean isText(String latex) {
    Matcher token = TOKEN.matcher(latex);
    int end = 0;
    while (end < latex.length() && token.find(end) && token.start() == end) {
      end = token.end();
    }
    return end == latex.length();
  }

  @Property
  void letsNoTextBeMoreThanText(@ForAll String text) {
    assertThat(isText(LatexText.escaped(text))).as(LatexText.escaped(text)).isTrue();
  }

  @Property
  void letsNoPunctuationBeMoreThanText(@ForAll List<@IntRange(min = 32, max = 126) Integer> codes) {
    StringBuilder text = new StringBuilder();
    codes.forEach(text::appendCodePoint);
    String escaped = LatexText.escaped(text.toString());
    assertThat(isText(escaped)).as(escaped).isTrue();
    assertThat(escaped).doesNotContain("--").doesNotContain("''").doesNotContain(",,");
  }

  @Test
  void keepsWhatItCan() {
    assertThat(LatexText.escaped("50% of a_b & c$ {x} \\ ~^ <y> #1"))
        .isEqualTo(
            "50\\% of a\\_b \\& c\\$ \\{x\\} \\textbackslash{} \\textasciitilde{}\\textasciicircum{} \\textless{}y\\textgreater{} \\#1");
    assertThat(LatexText.escaped("\u00b1 \u2248 \u2212 \u2013 \u00e9 \u4e2d \u0007 --cell [1]"))
        .isEqualTo("$\\pm$ $\\approx$ $-$ -- \u00e9 ? ? -{}-cell {[}1]");
  }

  @Test
  void setsATableWithRulesAndTheBestInBold() {
    Table table =
        new Table(
            List.of("model_a", "top-1 (%)"),
            List.of(List.of("[x & y]", "97.86 \u00b1 0.12"), List.of("z", "-1.00")));
    NamedTable named = new NamedTable("results_1", "A & B", "50%.", table, Set.of(new Place(0, 1)));
    assertThat(LatexText.of(named))
        .isEqualTo(
            """
            % Needs \\usepackage{booktabs}.
            \\begin{table}
            \\centering
            \\caption{A \\& B. 50\\%.}\\label{tab:results-1}
            \\begin{tabular}{lr}
            \\toprule
            model\\_a & top-1 (\\%) \\\\
            \\midrule
            {[}x \\& y] & \\textbf{97.86 $\\pm$ 0.12} \\\\
            z & $-$1.00 \\\\
            \\bottomrule
            \\end{tabular}
            \\end{table}
            """);
  }

  @Test
  void breaksALongTableOverPagesAndALongTextOverLines() {
    String path = "/a/folder/that/is/long/file_name.h5";
    Table table =
        new Table(List.of("command"), Collections.nCopies(40, List.of("instar --pack " + path)));
    String text = LatexText.of(new NamedTable("commands", "Commands", "All.", table));
    assertThat(text)
        .contains("\\begin{longtable}{p{0.4\\linewidth}}", "\\usepackage{longtable}")
        .contains("/\\allowbreak{}that/\\allowbreak{}", "file\\_\\allowbreak{}name")
        .endsWith("\\end{longtable}\n")
        .doesNotContain("tabular");
    assertThat(text.lines().filter(line -> line.endsWith("\\\\"))).hasSize(42);
  }
}
