package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.crop.BoundingBox;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ContrastModelTest {
  private static final int TERMS = ContrastModel.terms().size();

  @Test
  void theEmbeddedTableIsWhatItsModelWrites() {
    ContrastModel model = ContrastModel.embedded();
    ContrastModel again = ContrastModel.parse(model.toTable());
    assertThat(again.toTable()).isEqualTo(model.toTable());
    assertThat(again.threshold()).isEqualTo(model.threshold()).isBetween(0.0, 1.0);
    Candidate candidate = candidate(1.5);
    assertThat(again.score(candidate)).isEqualTo(model.score(candidate));
  }

  @Test
  void scoresAreTheInterceptAndTheWeightedTerms() {
    double[] centres = new double[TERMS];
    double[] spreads = new double[TERMS];
    double[] weights = new double[TERMS];
    Arrays.fill(spreads, 2);
    weights[0] = 10;
    int product = ContrastModel.terms().indexOf("gradient*rise");
    weights[product] = 3;
    ContrastModel model = new ContrastModel(0.5, 1, centres, spreads, weights);
    // Features of 1 are half a spread off; so is their product.
    assertThat(model.score(candidate(1))).isCloseTo(1 + 10 * 0.5 + 3 * 0.5, within(1e-12));
    // No more than four spreads are believed.
    assertThat(model.score(candidate(100))).isCloseTo(1 + 10 * 4 + 3 * 4, within(1e-12));
  }

  @Test
  void theTableOfAnotherModelIsRefused() {
    String table = ContrastModel.embedded().toTable();
    for (String wrong :
        new String[] {
          table.replace("thickness\t", "thinness\t"),
          table.substring(0, table.lastIndexOf("peak*peak")),
          table.replaceFirst("\t[^\t\n]*\narea", "\narea"),
          ""
        }) {
      assertThatThrownBy(() -> ContrastModel.parse(wrong))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("contrast.tsv");
    }
  }

  private static Candidate candidate(double feature) {
    double[] features = new double[Candidate.FEATURES.size()];
    Arrays.fill(features, feature);
    return new Candidate(new BoundingBox(0, 0, 1, 1), features);
  }
}
