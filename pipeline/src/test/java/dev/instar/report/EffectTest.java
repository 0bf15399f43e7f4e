package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.report.Contrast.Fixed;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class EffectTest {
  private static final Contrast LOSS = new Contrast("loss", "ce", "focal", Optional.empty());

  private static List<Map<String, String>> grid(int seeds) {
    List<Map<String, String>> grid = new ArrayList<>();
    for (String size : List.of("small", "large")) {
      for (String loss : List.of("ce", "focal")) {
        for (int seed = 1; seed <= seeds; seed++) {
          grid.add(MadeUpSweep.factors("size=" + size, "loss=" + loss, "seed=" + seed));
        }
      }
    }
    return grid;
  }

  /** Focal loss costs 1 point on the small set and 3 on the large one, and seeds are no matter. */
  private static final ToDoubleFunction<Map<String, String>> TOP1 =
      factors ->
          0.9
              - (factors.get("loss").equals("ce")
                  ? 0
                  : factors.get("size").equals("small") ? 0.01 : 0.03)
              + 0.001 * Integer.parseInt(factors.get("seed"));

  private static Effect effect(Contrast contrast, List<CellReport> cells) {
    List<Effect> effects =
        Effect.of(Map.of(contrast, contrast.pairs(cells)), Part.TEST, Measure.TOP1);
    assertThat(effects).hasSize(1);
    return effects.get(0);
  }

  @Test
  void countsConditionsAndNotSeeds() {
    Effect effect = effect(LOSS, MadeUpSweep.of(grid(3), TOP1).cells());
    assertThat(effect.unit()).isEqualTo(Effect.Unit.CONDITION);
    assertThat(effect.test().n()).isEqualTo(2);
    assertThat(effect.runs()).isEqualTo(6);
    assertThat(effect.test().mean()).isEqualTo(-0.02, within(1e-12));
    // Two differences, 0.01 and 0.03: half the interval is t(0.975, 1) times 0.01.
    assertThat(effect.test().high() + 0.02).isEqualTo(12.7062047 * 0.01, within(1e-9));
  }

  @Test
  void countsSeedsWhereThereIsOneCondition() {
    Contrast small = new Contrast("loss", "ce", "focal", Optional.of(new Fixed("size", "small")));
    Effect effect = effect(small, MadeUpSweep.of(grid(3), TOP1).cells());
    assertThat(effect.unit()).isEqualTo(Effect.Unit.SEED);
    assertThat(effect.test().n()).isEqualTo(3);
    assertThat(effect.test().mean()).isEqualTo(-0.01, within(1e-12));
    assertThat(effect.test().t()).isNaN(); // all differences are equal
  }

  @Test
  void leavesOutSeedsThatHaveNoPartner() {
    List<CellReport> cells = new ArrayList<>(MadeUpSweep.of(grid(3), TOP1).cells());
    Map<String, String> lost = cells.get(0).cell().factors();
    assertThat(lost).containsEntry("size", "small").containsEntry("loss", "ce");
    cells.set(0, MadeUpSweep.unfinished(lost, CellState.RUNNING, ""));
    Effect effect = effect(LOSS, cells);
    assertThat(effect.runs()).isEqualTo(5);
    assertThat(effect.conditions()).isEqualTo(2);
    assertThat(effect.test().mean()).isEqualTo(-0.02, within(1e-12));
  }

  @Test
  void saysNothingWithoutAPair() {
    List<CellReport> cells =
        MadeUpSweep.of(grid(1), TOP1).cells().stream()
            .filter(cell -> cell.cell().factors().get("loss").equals("ce"))
            .toList();
    assertThat(LOSS.pairs(cells)).isEmpty();
    assertThat(Effect.of(Map.of(LOSS, LOSS.pairs(cells)), Part.TEST, Measure.TOP1)).isEmpty();
  }

  @Property(tries = 50)
  void turnsRoundWithTheLabels(@ForAll long seed) {
    SweepReport report = random(seed);
    Contrast turned = new Contrast("loss", "focal", "ce", Optional.empty());
    Effect there = effect(LOSS, report.cells());
    Effect back = effect(turned, report.cells());
    assertThat(back.test().mean()).isEqualTo(-there.test().mean(), within(1e-12));
    assertThat(back.test().t()).isEqualTo(there.test().t(), within(1e-9));
    assertThat(back.test().low()).isEqualTo(-there.test().high(), within(1e-9));
  }

  @Property(tries = 50)
  void doesNotDependOnTheOrderOfCells(@ForAll long seed) {
    SweepReport report = random(seed);
    Effect effect = effect(LOSS, report.cells());
    Effect other = effect(LOSS, MadeUpSweep.shuffled(report, seed).cells());
    assertThat(other.test().mean()).isEqualTo(effect.test().mean(), within(1e-12));
    assertThat(other.test().t()).isEqualTo(effect.test().t(), within(1e-9));
    assertThat(other.test().wilcoxon()).isEqualTo(effect.test().wilcoxon(), within(1e-9));
    assertThat(other.runs()).isEqualTo(effect.runs());
  }

  private static SweepReport random(long seed) {
    Random random = new Random(seed);
    return MadeUpSweep.of(grid(2), factors -> 0.8 + 0.1 * random.nextDouble());
  }

  @Test
  void findsEveryChangeAndThoseBetweenTestSets() {
    Effects effects = Effects.of(MadeUpSweep.reference().cells());
    List<String> top1 =
        effects.overall().stream()
            .filter(e -> e.part() == Part.TEST && e.measure() == Measure.TOP1)
            .map(e -> e.contrast().factor() + ": " + e.contrast().to() + " " + e.test().n())
            .toList();
    assertThat(top1)
        .containsExactly(
            "size: medium 8",
            "size: large 8",
            "size: large 8",
            "task: diptera_family 12",
            "model: vit_base_patch16_224 12",
            "loss: focal 12");
    assertThat(effects.ownRecords())
        .extracting(Contrast::factor)
        .containsOnly("size", "task")
        .hasSize(4);
    long within =
        effects.within().stream()
            .filter(e -> e.part() == Part.TEST && e.measure() == Measure.TOP1)
            .count();
    assertThat(within).isEqualTo(3 * 6 + 7 + 7 + 7);
  }
}
