package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.sweep.Sweep.PlannedCell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepTest {
  private static final String PLAN =
      """
      name: small
      pack: pack.h5
      metadata: split.tsv
      experiment: small_insect_order
      model: resnet18
      weights: {resnet18: w.pth}
      set: {epochs: 2}
      axes: {loss: [ce, focal]}
      repeats: 2
      """;

  @TempDir Path folder;

  @Test
  void theFolderGivesBackWhatWasPlanned() throws Exception {
    SweepPlan plan = plan(PLAN);
    List<PlannedCell> cells = planned(plan);
    Collections.reverse(cells);

    Sweep made = Sweep.create(folder.resolve("sweep"), plan, cells);
    Sweep opened = Sweep.open(folder.resolve("sweep"));

    assertThat(opened.name()).isEqualTo("small");
    assertThat(opened.path()).isAbsolute().isEqualTo(made.path());
    assertThat(opened.cells()).isEqualTo(cells).isEqualTo(made.cells());
    assertThat(opened.cellsOfPlan()).isEqualTo(plan.cells()).isEqualTo(made.cellsOfPlan());
    assertThat(opened.former()).isEmpty();
    assertThat(SweepPlan.read(opened.path().resolve("sweep.yaml"))).isEqualTo(plan);
    assertThat(opened.cell("small_insect_order_resnet18_focal_s2")).isEqualTo(plan.cells().get(3));
    assertThat(opened.folder(plan.cells().get(0)).path())
        .isEqualTo(opened.path().resolve("cells/small_insect_order_resnet18_ce_s1"));
  }

  @Test
  void aCellThatIsNotThereIsNamedWithThoseThatAreClose() throws Exception {
    Sweep sweep = create(PLAN);

    assertThatThrownBy(() -> sweep.cell("small_insect_order_resnet18_ce_s3"))
        .hasMessageContaining("did you mean small_insect_order_resnet18_ce_s1");
    assertThatThrownBy(() -> sweep.cell("x")).hasMessageContaining("'instar sweep status' lists");
  }

  @Test
  void plannedAgainItKeepsWhatWasBegunAndTakesNewCells() throws Exception {
    Sweep first = create(PLAN);
    Path begun = begin(first, "small_insect_order_resnet18_focal_s1");

    Sweep wider = create(PLAN.replace("repeats: 2", "repeats: 3"));
    assertThat(wider.cells()).hasSize(6);
    assertThat(wider.former()).isEmpty();

    Sweep narrower = create(PLAN.replace("[ce, focal]", "[ce]"));
    assertThat(narrower.cells()).hasSize(2);
    assertThat(narrower.former())
        .extracting(each -> each.cell().name())
        .containsExactly("small_insect_order_resnet18_focal_s1");
    assertThat(begun).exists();
    assertThat(Sweep.open(first.path()).former()).isEqualTo(narrower.former());

    assertThat(create(PLAN).former()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs: 2 | epochs: 3 | epochs was 2 and is 3",
        "w.pth | v.pth | weights was w.pth and is v.pth",
        "experiment: small_insect_order | {split_column: small_insect_order, target: family} | target was order and is family",
        "pack.h5 | other.h5 | pack was pack.h5 and is other.h5",
        "split.tsv | other.tsv | metadata was split.tsv and is other.tsv",
      })
  void whatWasBegunCannotChange(String old, String now, String sentence) throws Exception {
    Sweep first = create(PLAN);
    String changed = PLAN.replace(old, now.replaceAll("[{}]", "").replace(", ", "\n"));
    assertThat(create(changed).cells()).hasSize(4);
    create(PLAN);
    Path begun = begin(first, "small_insect_order_resnet18_ce_s1");
    byte[] before = Files.readAllBytes(first.path().resolve("cells.json"));

    assertThatThrownBy(() -> create(changed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining("plan into another folder");

    assertThat(begun).exists();
    assertThat(first.path().resolve("cells.json")).hasBinaryContent(before);
  }

  @Test
  void anAxisWhoseValueIsWhatAllHadChangesNothing() throws Exception {
    begin(create(PLAN), "small_insect_order_resnet18_ce_s1");

    Sweep sweep = create(PLAN.replace("epochs: 2", "epochs: 2, optimizer.rate: 0.0010"));

    assertThat(sweep.cells()).hasSize(4);
  }

  @Test
  void aCellThatWasLeftOutAndComesBackCannotHaveChanged() throws Exception {
    begin(create(PLAN), "small_insect_order_resnet18_focal_s1");
    create(PLAN.replace("[ce, focal]", "[ce]"));

    assertThatThrownBy(() -> create(PLAN.replace("epochs: 2", "epochs: 9")))
        .hasMessageContaining("epochs was 2 and is 9");
  }

  @Test
  void dataMayLieElsewhereUnderItsName() throws Exception {
    begin(create(PLAN), "small_insect_order_resnet18_ce_s1");
    Path elsewhere = Files.createDirectory(folder.resolve("scratch"));

    Sweep moved = create(PLAN.replace("pack.h5", elsewhere.resolve("pack.h5").toString()));

    assertThat(moved.cells().get(0).cell().pack()).isEqualTo(elsewhere.resolve("pack.h5"));
  }

  @Test
  void anotherSweepOrOtherFilesAreLeftAlone() throws Exception {
    create(PLAN);
    assertThatThrownBy(() -> create(PLAN.replace("name: small", "name: other")))
        .hasMessageContaining("holds the sweep 'small', and the plan is of 'other'");

    Path other = Files.createDirectory(folder.resolve("other"));
    Path file = Files.writeString(other.resolve("thesis.tex"), "x");
    assertThatThrownBy(() -> Sweep.create(other, plan(PLAN), planned(plan(PLAN))))
        .hasMessageContaining("holds other files and no sweep");
    assertThat(other.toFile().list()).containsExactly(file.getFileName().toString());
  }

  @Test
  void cancellingLastsUntilItIsTakenBack() throws Exception {
    Sweep sweep = create(PLAN);
    assertThat(sweep.cancelled()).isFalse();

    sweep.cancel();
    assertThat(Sweep.open(sweep.path()).cancelled()).isTrue();
    sweep.cancel();
    sweep.resume();
    sweep.resume();

    assertThat(sweep.cancelled()).isFalse();
  }

  @Test
  void whatIsNoSweepOrIsDamagedSaysWhatToDo() throws Exception {
    assertThatThrownBy(() -> Sweep.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("make it with 'instar sweep plan'");
    Sweep sweep = create(PLAN);
    begin(sweep, "small_insect_order_resnet18_ce_s1");
    Path list = sweep.path().resolve("cells.json");
    String whole = Files.readString(list);
    Files.writeString(list, whole.substring(0, whole.length() / 2));

    assertThatThrownBy(() -> Sweep.open(sweep.path()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cells.json is damaged")
        .hasMessageContaining("delete it and plan again");
    Files.delete(list);
    SweepPlan again = SweepPlan.read(sweep.path().resolve("sweep.yaml"));
    assertThat(Sweep.create(sweep.path(), again, planned(again)).cells()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\" : 1 | \"format\" : 2 | is of format 2",
        "\"name\" : \"small | \"name\" : \"../small | no cell can be called",
        "ce_s1\" | ce_s2\" | two cells are called",
        "\"seed\" : 1 | \"seed\" : null | damaged",
        "\"model\" : \"resnet18\" | \"model\" : null | lacks some of its settings",
        "\"cells\" | \"cell\" | lists no cells",
        "\"seconds\" : 0.0 | \"seconds\" : -1.0 | without a value",
      })
  void aListOfCellsIsCheckedAsItIsRead(String old, String now, String sentence) throws Exception {
    Path list = create(PLAN).path().resolve("cells.json");
    String text = Files.readString(list).replaceFirst(java.util.regex.Pattern.quote(old), now);

    assertThatThrownBy(() -> CellList.parse(text.getBytes(StandardCharsets.UTF_8), list))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(list.toString())
        .hasMessageContaining(sentence);
  }

  private Path begin(Sweep sweep, String cell) throws IOException {
    Path own = sweep.folder(sweep.cell(cell)).path();
    return Files.createDirectories(own.resolve("run"));
  }

  private Sweep create(String yaml) throws IOException {
    SweepPlan plan = plan(yaml);
    return Sweep.create(folder.resolve("sweep"), plan, planned(plan));
  }

  private static List<PlannedCell> planned(SweepPlan plan) throws IOException {
    List<PlannedCell> planned = new ArrayList<>();
    plan.cells().forEach(cell -> planned.add(new PlannedCell(cell, 0)));
    return planned;
  }

  private SweepPlan plan(String yaml) throws IOException {
    for (String weights : List.of("w.pth", "v.pth")) {
      Files.writeString(folder.resolve(weights), "");
    }
    return SweepPlan.read(Files.writeString(folder.resolve("plan.yaml"), yaml));
  }
}
