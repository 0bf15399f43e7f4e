package dev.instar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.evaluate.Identification.Guess;
import dev.instar.evaluate.Identification.Taxon;
import dev.instar.loader.ClassName;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class IdentifierTest {
  private static final List<ClassName> FAMILIES =
      List.of(
          family("Cecidomyiidae", "Diptera"),
          family("Sciaridae", "Diptera"),
          family("Aphididae", "Hemiptera"),
          family("Formicidae", "Hymenoptera"));

  private static ClassName family(String name, String order) {
    return new ClassName(name, Map.of("class", "Insecta", "order", order));
  }

  /** Scores whose softmax is these shares. */
  private static float[] scores(double... shares) {
    float[] scores = new float[shares.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.log(shares[i]);
    }
    return scores;
  }

  private static Identification identify(Subset subset, double least, double... shares) {
    return new Identifier(FAMILIES, "family", subset, 2, OptionalDouble.of(least))
        .identify(scores(shares), 0);
  }

  private static Identification identify(double least, double... shares) {
    return identify(Subset.all(FAMILIES), least, shares);
  }

  @Test
  void listsTheLikeliestClassesWithTheirProbabilities() {
    List<Guess> guesses = identify(0, 0.1, 0.2, 0.6, 0.1).guesses();
    assertThat(guesses).extracting(Guess::name).containsExactly("Aphididae", "Sciaridae");
    assertThat(guesses.get(0).probability()).isCloseTo(0.6, within(1e-6));
    assertThat(guesses.get(1).probability()).isCloseTo(0.2, within(1e-6));
  }

  @Test
  void readsTheScoresOfItsOwnSample() {
    Identifier identifier =
        new Identifier(FAMILIES, "family", Subset.all(FAMILIES), 1, OptionalDouble.empty());
    float[] two = scores(0.7, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.7);
    assertThat(identifier.identify(two, 1).guesses().get(0).name()).isEqualTo("Formicidae");
    assertThat(identifier.identify(two, 1).taxon()).isEmpty();
  }

  @Test
  void aSureClassIsNamedItself() {
    Taxon taxon = identify(0.8, 0.05, 0.05, 0.85, 0.05).taxon().orElseThrow();
    assertThat(taxon.rank()).isEqualTo("family");
    assertThat(taxon.name()).isEqualTo("Aphididae");
  }

  @Test
  void anUnsureClassRollsUpToTheNarrowestTaxonThatIsSureEnough() {
    Taxon taxon = identify(0.8, 0.45, 0.4, 0.1, 0.05).taxon().orElseThrow();
    assertThat(taxon.rank()).isEqualTo("order");
    assertThat(taxon.name()).isEqualTo("Diptera");
    assertThat(taxon.probability()).isCloseTo(0.85, within(1e-6));
  }

  @Test
  void theOrderOfTheSumNeedNotBeThatOfTheLikeliestClass() {
    Identification found = identify(0.55, 0.3, 0.3, 0.38, 0.02);
    assertThat(found.guesses().get(0).name()).isEqualTo("Aphididae");
    assertThat(found.taxon().orElseThrow().name()).isEqualTo("Diptera");
  }

  @Test
  void whatAllClassesShareIsNoAnswer() {
    // All of it is Insecta for sure, but the network cannot say anything else.
    assertThat(identify(0.8, 0.3, 0.3, 0.3, 0.1).taxon()).isEmpty();
  }

  @Test
  void probabilitiesOfASubsetAreOfItsClassesAlone() {
    Subset subset = Subset.named(List.of("Sciaridae", "Hemiptera", "Yeti"), FAMILIES);
    assertThat(subset.classes()).containsExactly(1, 2);
    assertThat(subset.unknown()).containsExactly("Yeti");
    Identification found = identify(subset, 0.7, 0.6, 0.1, 0.1 * 3, 0.2);
    assertThat(found.guesses()).extracting(Guess::name).containsExactly("Aphididae", "Sciaridae");
    assertThat(found.guesses().get(0).probability()).isCloseTo(0.75, within(1e-6));
    assertThat(found.taxon().orElseThrow().name()).isEqualTo("Aphididae");
  }

  @Test
  void aSubsetOfOneClassIsSureOfIt() {
    Subset subset = Subset.named(List.of("Formicidae"), FAMILIES);
    List<Guess> guesses = identify(subset, 0, 0.5, 0.3, 0.1, 0.1).guesses();
    assertThat(guesses).containsExactly(new Guess("Formicidae", 1));
  }
}
