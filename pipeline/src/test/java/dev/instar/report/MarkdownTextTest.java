package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.report.NamedTable.Place;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class MarkdownTextTest {
  @Test
  void alignsNumbersAndMarksTheBest() {
    Table table =
        new Table(
            List.of("model", "top-1 (%)"),
            List.of(List.of("vit_base", "97.86 \u00b1 0.12"), List.of("a|b", "\u2013")));
    NamedTable named = new NamedTable("x", "Results", "Means.", table, Set.of(new Place(0, 1)));
    assertThat(MarkdownText.of(named))
        .isEqualTo(
            """
            # Results

            | model | top-1 (%) |
            | --- | ---: |
            | vit_base | **97.86 \u00b1 0.12** |
            | a\\|b | \u2013 |

            Means.
            """);
  }

  @Test
  void letsNoTextMeanAnything() {
    assertThat(MarkdownText.escaped("<b>*x*</b> [y](z) `c` _d_ a_b $e$ \\ \n#"))
        .isEqualTo("\\<b\\>\\*x\\*\\</b\\> \\[y\\](z) \\`c\\` \\_d\\_ a_b \\$e\\$ \\\\  \\#");
  }

  @Property
  void letsNoCellEndARowOrItself(@ForAll String text) {
    Table table = new Table(List.of("a", "b"), List.of(List.of(text, text)));
    List<String> lines = MarkdownText.of(new NamedTable("x", "y", "z", table)).lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(4).replaceAll("\\\\.", "").chars().filter(c -> c == '|')).hasSize(3);
  }
}
