package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepPlanTest {
  private static final String DATA = "pack: pack.h5\nmetadata: split.tsv\n";
  private static final String ONE =
      DATA + "split_column: fold\ntarget: order\nmodel: resnet18\naxes: {}\n";

  @TempDir Path folder;

  @Test
  void withoutAxesItIsThePublished72() throws Exception {
    List<Cell> cells = cells(DATA);

    assertThat(cells).hasSize(72);
    assertThat(cells.get(0).name()).isEqualTo("small_insect_order_resnet50_ce_s1");
    assertThat(cells)
        .extracting(Cell::name)
        .doesNotHaveDuplicates()
        .contains("large_insect_order_vit_base_patch16_224_ce_s2");
    assertThat(cells.get(71).factors())
        .containsExactly(
            Map.entry("size", "large"),
            Map.entry("task", "diptera_family"),
            Map.entry("model", "vit_base_patch16_224"),
            Map.entry("loss", "focal"),
            Map.entry("seed", "3"));
    assertThat(cells.get(71).splitColumn()).isEqualTo("large_diptera_family");
    assertThat(cells.get(71).target()).isEqualTo("family");
    assertThat(cells.get(71).changes()).containsExactly("loss.kind=focal");
    assertThat(cells.get(71).seed()).isEqualTo(3);
    assertThat(cells.get(71).pack()).isEqualTo(folder.resolve("pack.h5"));
    assertThat(recipe(cells.get(0))).isEqualTo(Recipe.FORM.read("paper", List.of()));
  }

  @Test
  void whatTheTopSaysIsNoAxisOfThePublished() throws Exception {
    assertThat(cells(DATA + "model: resnet18\nloss: ldam\nrepeats: 2\n"))
        .hasSize(12)
        .allSatisfy(cell -> assertThat(cell.model()).isEqualTo("resnet18"))
        .allSatisfy(cell -> assertThat(cell.name()).contains("_resnet18_ldam_s"));
    assertThat(cells(DATA + "experiment: small_insect_order\nseed: 7\n"))
        .extracting(Cell::name)
        .containsExactly(
            "small_insect_order_resnet50_ce_s7",
            "small_insect_order_resnet50_focal_s7",
            "small_insect_order_vit_base_patch16_224_ce_s7",
            "small_insect_order_vit_base_patch16_224_focal_s7");
  }

  @Test
  void anyKeyOfARecipeIsAnAxisAndSettingsGoTogetherUnderALabel() throws Exception {
    List<Cell> cells =
        cells(
            DATA
                + """
                experiment: small_insect_order
                model: resnet18
                recipe: fast
                set:
                  epochs: 3
                  optimizer: {momentum: 0.5}
                axes:
                  optimizer.rate: [1e-3, 0.0001]
                  sampler: [shuffled, balanced]
                  augmentation:
                    plain: {}
                    strong: {augmentation.vertical_flip: 0.5, augmentation: {hue: 0.05}}
                  schedule.milestones: [[2, 3]]
                repeats: 2
                """);

    assertThat(cells).hasSize(16);
    Cell last = cells.get(15);
    assertThat(last.name())
        .isEqualTo(
            "small_insect_order_resnet18_ce_optimizer.rate=0.0001_sampler=balanced"
                + "_augmentation=strong_schedule.milestones=2-3_s2");
    Recipe recipe = recipe(last);
    assertThat(recipe.name()).isEqualTo("fast");
    assertThat(recipe.epochs()).isEqualTo(3);
    assertThat(recipe.optimizer().rate()).isEqualTo(1e-4);
    assertThat(recipe.optimizer().momentum()).isEqualTo(0.5);
    assertThat(recipe.sampling()).isEqualTo(dev.instar.loader.Sampling.CLASS_BALANCED);
    assertThat(recipe.augmentation().hue()).isEqualTo(0.05);
    assertThat(recipe.schedule().milestones()).containsExactly(2, 3);
    assertThat(recipe(cells.get(0)).optimizer().rate()).isEqualTo(1e-3);
    assertThat(recipe(cells.get(0)).augmentation().hue()).isZero();
  }

  @Test
  void excludedCombinationsAreLeftOutAndIncludedCellsAdded() throws Exception {
    List<Cell> cells =
        cells(
            DATA
                + """
                exclude:
                  - {size: [large, medium], model: vit*}
                  - {task: diptera_family, loss: focal, seed: 2|3}
                include:
                  - {size: small, task: insect_order, model: resnet50, loss: ldam}
                  - {size: large, task: insect_order, model: vit_base_patch16_224, loss: ce, seed: 9}
                  - {size: small, task: insect_order, model: resnet50, loss: ce, seed: 1}
                """);

    // 72 - 2 sizes x 2 tasks x 2 losses x 3 seeds - 4 left of the second kind x 2 seeds, + 3 + 1
    assertThat(cells).hasSize(72 - 24 - 8 + 4);
    assertThat(cells)
        .extracting(Cell::name)
        .contains(
            "small_insect_order_resnet50_ldam_s1",
            "small_insect_order_resnet50_ldam_s3",
            "large_insect_order_vit_base_patch16_224_ce_s9")
        .doesNotContain("large_insect_order_vit_base_patch16_224_ce_s1");
  }

  @Test
  void aKeyThatOnlyAnIncludedCellHasIsAFactorOfAll() throws Exception {
    List<Cell> cells =
        cells(
            DATA
                + """
                experiment: small_insect_order
                model: resnet18
                axes: {loss: [ce, focal]}
                include: [{loss: ce, optimizer.rate: 0.1}]
                """);

    assertThat(cells)
        .extracting(Cell::name)
        .containsExactly(
            "small_insect_order_resnet18_ce_s1",
            "small_insect_order_resnet18_focal_s1",
            "small_insect_order_resnet18_ce_optimizer.rate=0.1_s1");
    assertThat(cells)
        .extracting(cell -> cell.factors().get("optimizer.rate"))
        .containsExactly("0.001", "0.001", "0.1");
    assertThat(cells).allSatisfy(c -> assertThat(c.factors()).containsKey("seed"));
  }

  @Test
  void otherTablesNameTheirSplitAndTheirClasses() throws Exception {
    Cell cell = cells(ONE).get(0);

    assertThat(cell.name()).isEqualTo("fold_resnet18_ce_s1");
    assertThat(cell.splitColumn()).isEqualTo("fold");
    assertThat(cell.target()).isEqualTo("order");
    assertThat(
            cells(
                DATA + "target: order\nmodel: resnet18\naxes: {split_column: [fold 1, fold 2]}\n"))
        .extracting(Cell::name)
        .containsExactly("fold-1_resnet18_ce_s1", "fold-2_resnet18_ce_s1");
  }

  @Test
  void weightsAreOfAModelOrAnAxis() throws Exception {
    Path own = Files.createFile(folder.resolve("own.pth"));
    Files.createFile(folder.resolve("other.pth"));
    String both = DATA + "experiment: small_insect_order\naxes:\n  model: [resnet18, resnet34]\n";

    assertThat(cells(both + "weights: {resnet18: own.pth}\n"))
        .extracting(cell -> cell.weights().map(Path::getFileName).map(Path::toString).orElse(""))
        .containsExactly("own.pth", "");
    List<Cell> cells =
        cells(both + "  weights: {fresh: none, ours: {resnet18: own.pth, resnet34: other.pth}}\n");
    assertThat(cells)
        .extracting(Cell::name)
        .containsExactly(
            "small_insect_order_resnet18_ce_weights=fresh_s1",
            "small_insect_order_resnet18_ce_weights=ours_s1",
            "small_insect_order_resnet34_ce_weights=fresh_s1",
            "small_insect_order_resnet34_ce_weights=ours_s1");
    assertThat(cells.get(1).weights()).contains(own);
    assertThat(cells.get(2).weights()).isEmpty();
  }

  @Test
  void aRecipeFileIsReadOnceAndForAll() throws Exception {
    Path recipe =
        Files.writeString(folder.resolve("own.yaml"), "base: fast\nname: 'yes'\nepochs: 4\n");
    SweepPlan plan = plan(ONE.replace("axes: {}", "recipe: own.yaml\nset: {batch: 5}\naxes: {}"));
    Recipe read = Recipe.FORM.read(recipe.toString(), List.of("batch=5"));
    List<Cell> cells = plan.cells();
    Files.delete(recipe);

    assertThat(cells.get(0).recipe()).isEqualTo("paper");
    assertThat(recipe(cells.get(0))).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "axis: {} | a plan has no key 'axis'; did you mean axes?",
        "epochs: 3 | 'epochs' is a key of recipes: write it below 'set:'",
        "set: {optimizer.rte: 1} | set: a recipe has no key 'optimizer.rte'; did you mean optimizer.rate",
        "set: {optimizer.rate: -1} | optimizer.rate is -1; it must be above 0",
        "set: {epochs: many} | epochs cannot be 'many'; it is a whole number",
        "set: {epochs: } | set.epochs has no value",
        "set: {model: resnet18} | set: a recipe has no key 'model'",
        "set: {optimizer.rate: 1, optimizer: {rate: 1}} | set says optimizer.rate twice",
        "set: [1] | set takes 'key: value' lines",
        "name: a/b | name takes up to 100 letters",
        "model: resnet5 | model: no model and no TorchScript file 'resnet5'; did you mean resnet50",
        "loss: focus | loss.kind cannot be 'focus'; it is one of ce, focal",
        "recipe: papre | recipe: no recipe 'papre': there are paper and fast",
        "recipe: [paper] | recipe takes one word",
        "weights: {resnet50: nowhere.pth} | weights.resnet50: no file of weights 'nowhere.pth'",
        "weights: {resnet5: nowhere.pth} | weights.resnet5: no model",
        "experiment: tiny | experiment cannot be 'tiny'; it is one of large_diptera_family",
        "split_column: fold | target is missing",
        "repeats: 0 | repeats cannot be 0; it is a number from 1 to 1000",
        "seed: -1 | seed cannot be '-1'; it is a whole number",
        "axes: [] | axes takes 'name: [values]' lines",
        "axes: {} | it says not what is trained",
        "axes: {experiment: [small_insect_order]} | it says no model",
        "axes: {size: [smal]} | axes.size cannot be 'smal'; it is one of large, medium, small",
        "axes: {size: []} | axes.size has no values",
        "axes: {modle: [resnet50]} | axes has no key 'modle'; did you mean model",
        "axes: {size: [small], experiment: [small_insect_order]} | it says too much of the data",
        "axes: {size: [small, small]} | two values that are called small",
        "axes: {strong: {a: 1}} | axes.strong.a takes settings",
        "axes: {strong: {a b: {}}} | a label takes up to 60 letters",
        "axes: {augmentation: [{flip: 1}]} | axes has no key 'augmentation'",
        "axes: {optimizer.rate: [{flip: 1}]} | settings need a label",
        "axes: {loss: [ce], l: {a: {loss: focal}}} | the axes loss and l both say loss.kind",
        "loss: ce; axes: {loss: [focal]} | it says loss twice",
        "axes: {seed: [1, one]} | axes.seed cannot be 'one'",
        "axes: {seed: {a: 1}} | axes.seed takes whole numbers",
        "axes: {'a b': {x: {}}} | an axis cannot be called 'a b'",
        "exclude: [{sise: small}] | exclude: no axis 'sise'; did you mean size",
        "exclude: [{size: tiny}] | exclude.size: no label 'tiny'",
        "exclude: [{}] | an entry that says nothing",
        "exclude: [{size: '*'}] | exclude leaves no cell",
        "exclude: 3 | exclude takes a list such as",
        "include: [{sise: small}] | include: a recipe has no key 'sise'; did you mean size",
        "include: [{size: tiny}] | include.size cannot be 'tiny'",
        "include: [{experiment: small_insect_order}] | include cannot say experiment",
        "include: [{}] | an entry that says nothing",
      })
  void whatIsWrongIsOneSentenceThatNamesTheFileAndTheKey(String line, String sentence) {
    assertThatThrownBy(() -> plan(DATA + line.replace("; ", "\n") + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mine.yaml")
        .hasMessageContaining(sentence)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void thePicturesAndTheTableAreNeeded() {
    assertThatThrownBy(() -> plan("metadata: split.tsv\n")).hasMessageContaining("pack is missing");
    assertThatThrownBy(() -> plan("pack: a\n")).hasMessageContaining("metadata is missing");
    assertThatThrownBy(() -> plan(DATA + "axes: {seed: [" + "1,".repeat(3) + "]}"))
        .hasMessageContaining("two values that are called 1");
  }

  @Test
  void tooManyCellsAndTooLongNamesAreRefused() {
    assertThatThrownBy(() -> plan(DATA + "repeats: 1000\n"))
        .hasMessageContaining("more than 10000 cells");
    String label = "x".repeat(60);
    assertThatThrownBy(
            () ->
                plan(
                    ONE.replace("{}", "{first: {" + label + ": {}}, second: {" + label + ": {}}}")))
        .hasMessageContaining("shorter labels");
  }

  @Test
  void theNameIsTheFilesUnlessItSaysOne() throws Exception {
    assertThat(plan(DATA).name()).isEqualTo("mine");
    assertThat(plan(DATA + "name: other\n").name()).isEqualTo("other");
  }

  @Test
  void thePlanAsItIsWrittenSaysTheSameFromAnyFolder() throws Exception {
    Files.createFile(folder.resolve("w.pth"));
    SweepPlan plan =
        plan(
            DATA
                + """
                name: "123"
                recipe: fast
                weights: {resnet18: w.pth}
                set: {epochs: 3, freeze: [conv1], average: 0}
                size: small
                axes:
                  task: [insect_order]
                  model: [resnet18, resnet34]
                  sampler: [shuffled, balanced]
                  optimizer.rate: {low: 1e-4, high: 0.1}
                  weights: {fresh: none, ours: {resnet18: w.pth, resnet34: none}, all: w.pth}
                  strong: {"no": {}, "1": {augmentation.hue: 0.05, freeze: []}}
                exclude: [{model: resnet18, sampler: [balanced]}]
                include: [{model: resnet50, loss: focal, strong: 1, optimizer.rate: 3}]
                repeats: 2
                """);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("sweep.yaml");

    SweepPlan back = SweepPlan.read(Files.writeString(elsewhere, plan.yaml()));

    assertThat(back).isEqualTo(plan);
    assertThat(back.cells()).isEqualTo(plan.cells());
    // 2 models x 2 samplers x 2 rates x 3 weights x 2 strengths x 2 seeds, a quarter left out, 2 x
    // 3 x 2 added
    assertThat(plan.cells()).hasSize(96 - 24 + 12);
  }

  private List<Cell> cells(String yaml) throws IOException {
    return plan(yaml).cells();
  }

  private static Recipe recipe(Cell cell) throws IOException {
    return Recipe.FORM.read(cell.recipe(), cell.changes());
  }

  private SweepPlan plan(String yaml) throws IOException {
    return SweepPlan.read(Files.writeString(folder.resolve("mine.yaml"), yaml));
  }
}
