package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.image.InputException;
import dev.instar.sweep.Sweep.PlannedCell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes are: a plan or a list of cells, or one sentence that names the file. */
final class SweepFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          "pack: a\nmetadata: b\nsize: small\nexclude: [{model: vit*}, {seed: [1, 2]}]\n",
          "name: x\npack: a\nmetadata: b\nsplit_column: f\ntarget: t\nmodel: resnet18\nrecipe: fast\nset: {epochs: 3, loss: {gamma: 1}}\n"
              + "axes: {loss: [ce, ldam], optimizer.rate: [1e-3, 0.1], strong: {a: {}, b: {augmentation.hue: 0.1}}, weights: {w: none}}\n"
              + "include: [{loss: focal, batch: 4}]\nrepeats: 2\n");

  @TempDir static Path folder;

  @FuzzTest
  void aPlanIsReadOrRefused(byte[] bytes) throws IOException {
    plan(bytes);
  }

  @FuzzTest
  void aListOfCellsIsReadOrRefused(byte[] bytes) {
    list(bytes);
  }

  @Test
  void damagedPlansAreReadOrRefused() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      byte[] bytes = SEEDS.get(round % SEEDS.size()).getBytes(StandardCharsets.UTF_8);
      for (int times = random.nextInt(1, 4); times > 0; times--) {
        bytes = damaged(bytes, random);
      }
      refused += plan(bytes) ? 0 : 1;
    }
    assertThat(refused).isBetween(50, 395);
  }

  @Test
  void damagedListsOfCellsAreReadOrRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("list.yaml"), SEEDS.get(1));
    SweepPlan plan = SweepPlan.read(file);
    List<PlannedCell> cells = plan.cells().stream().map(c -> new PlannedCell(c, 1.5)).toList();
    CellList whole = new CellList("x", cells, plan.cells(), List.of());
    byte[] json = whole.json().getBytes(StandardCharsets.UTF_8);
    assertThat(CellList.parse(json, file)).isEqualTo(whole);
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    for (int round = 0; round < 2000; round++) {
      refused += list(damaged(json, random)) ? 0 : 1;
    }
    assertThat(refused).isBetween(500, 1990);
  }

  private static byte[] damaged(byte[] bytes, SplittableRandom random) {
    if (bytes.length < 2) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    int at = random.nextInt(bytes.length);
    int length = random.nextInt(1, Math.min(12, bytes.length - at) + 1);
    switch (random.nextInt(4)) {
      case 0 -> copy[at] = (byte) random.nextInt();
      case 1 -> copy[at] = (byte) ",:\n\"{}[]-.&*!|0 ".charAt(random.nextInt(15));
      case 2 -> copy = Arrays.copyOf(bytes, at);
      default ->
          System.arraycopy(bytes, at, copy, random.nextInt(bytes.length - length + 1), length);
    }
    return copy;
  }

  private static boolean plan(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzzed.yaml"), bytes);
    try {
      SweepPlan plan = SweepPlan.read(file);
      Path written = Files.writeString(folder.resolve("written.yaml"), plan.yaml());
      assertThat(SweepPlan.read(written)).isEqualTo(plan);
      return true;
    } catch (InputException e) {
      assertThat(e.getMessage()).contains("fuzzed.yaml").hasLineCount(1);
      return false;
    }
  }

  private static boolean list(byte[] bytes) {
    Path file = Path.of("fuzzed", "cells.json");
    try {
      CellList list = CellList.parse(bytes, file);
      assertThat(list.cells()).isNotEmpty();
      return true;
    } catch (InputException e) {
      assertThat(e.getMessage()).contains(file.toString()).hasLineCount(1);
      return false;
    }
  }
}
