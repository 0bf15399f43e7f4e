package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What holds for plans with any axes. */
final class SweepPlanPropertiesTest {
  private static final List<String> RATES = List.of("1e-3", "0.1", "5.0e-4", "2", "'3'");
  private static final List<String> LOSSES = List.of("ce", "focal", "ldam");

  private Path folder;

  @BeforeProperty
  void open() throws IOException {
    folder = Files.createTempDirectory("plans");
  }

  @AfterProperty
  void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /**
   * A plan as its parts.
   *
   * @param bundles how many labels the axis {@code mine} has
   */
  record Form(
      List<String> losses,
      List<String> rates,
      int bundles,
      int repeats,
      Set<String> withoutLoss,
      List<String> includedLosses) {
    int combinations() {
      int left = losses.size() - (int) losses.stream().filter(withoutLoss::contains).count();
      return left * rates.size() * bundles * repeats;
    }

    /** Losses that no combination has: each with every rate, bundle and seed. */
    int included() {
      Set<String> others = new HashSet<>(includedLosses);
      losses.stream().filter(loss -> !withoutLoss.contains(loss)).forEach(others::remove);
      return others.size() * rates.size() * bundles * repeats;
    }

    String yaml() {
      List<String> mine = new ArrayList<>();
      for (int i = 0; i < bundles; i++) {
        mine.add("b" + i + ": {augmentation.hue: 0." + i + "}");
      }
      return "pack: p\nmetadata: m\nexperiment: small_insect_order\nmodel: resnet18\naxes:\n"
          + ("  loss: [" + String.join(", ", losses) + "]\n")
          + ("  optimizer.rate: [" + String.join(", ", rates) + "]\n")
          + ("  mine: {" + String.join(", ", mine) + "}\n")
          + ("repeats: " + repeats + "\n")
          + "exclude: ["
          + withoutLoss.stream()
              .filter(losses::contains)
              .map(loss -> "{loss: " + loss + "}")
              .collect(Collectors.joining(", "))
          + "]\ninclude: ["
          + includedLosses.stream()
              .map(loss -> "{loss: " + loss + "}")
              .collect(Collectors.joining(", "))
          + "]\n";
    }
  }

  @Provide
  Arbitrary<Form> forms() {
    return Combinators.combine(
            Arbitraries.of(LOSSES).list().ofMinSize(1).uniqueElements(),
            Arbitraries.of(RATES).list().ofMinSize(1).uniqueElements(),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(LOSSES).set().ofMaxSize(2),
            Arbitraries.of(LOSSES).list().ofMaxSize(2))
        .as(Form::new)
        .filter(form -> form.combinations() + form.included() > 0);
  }

  @Property(tries = 60)
  void itHasTheCombinationsLessThoseExcludedAndThoseIncluded(@ForAll("forms") Form form)
      throws IOException {
    SweepPlan plan = read(form);
    List<Cell> cells = plan.cells();

    assertThat(cells).hasSize(form.combinations() + form.included());
    assertThat(cells).extracting(Cell::name).doesNotHaveDuplicates();
    assertThat(cells)
        .allSatisfy(cell -> assertThat(cell.name()).matches("[A-Za-z0-9][A-Za-z0-9._=+-]{0,149}"))
        .allSatisfy(
            cell ->
                assertThat(cell.factors().keySet())
                    .containsExactly("loss", "optimizer.rate", "mine", "seed"));
    assertThat(cells).extracting(Cell::factors).doesNotHaveDuplicates();
  }

  @Property(tries = 40)
  void itIsTheSameWhenItIsReadAgainAndWhenItIsWrittenAndRead(@ForAll("forms") Form form)
      throws IOException {
    SweepPlan plan = read(form);

    assertThat(read(form).cells()).isEqualTo(plan.cells());
    Path written = Files.writeString(folder.resolve("written.yaml"), plan.yaml());
    assertThat(SweepPlan.read(written)).isEqualTo(plan);
  }

  @Property(tries = 40)
  void aFilterByAllFactorsTakesOneCell(@ForAll("forms") Form form) throws IOException {
    List<Cell> cells = read(form).cells();
    Cell one = cells.get(cells.size() / 2);
    CellFilter filter =
        CellFilter.parse(
            one.factors().entrySet().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining(",")));

    assertThat(cells.stream().filter(filter::accepts)).containsExactly(one);
  }

  private SweepPlan read(Form form) throws IOException {
    return SweepPlan.read(Files.writeString(folder.resolve("plan.yaml"), form.yaml()));
  }
}
