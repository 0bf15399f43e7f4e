package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.detect.DetectorFile;
import dev.instar.image.Size;
import dev.instar.model.TinyDetr;
import dev.instar.synth.SampleFolder;
import dev.instar.synth.SynthPlan;
import dev.instar.torch.LibTorch;
import dev.instar.torch.TorchArchiveWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DETR from the command line, with weights that have learnt nothing. */
final class DetrCommandsTest {
  private static final int COUNT = 6;

  @TempDir static Path drawn;
  private static Path photos;
  private static Path weights;

  @TempDir Path folder;

  @BeforeAll
  static void draw() throws Exception {
    LibTorch.load(1);
    photos = drawn.resolve("photos");
    SampleFolder.write(
        new SynthPlan(COUNT, new Size(128, 96), 3, SynthPlan.Mix.EVEN), photos, 2, done -> {});
    weights = TinyDetr.write(drawn.resolve("tiny.safetensors"), TinyDetr.weights());
    new DetectorFile(TinyDetr.OPTIONS, 48, 64).write(drawn);
  }

  private static CommandRun crop(Path boxes, Object... more) {
    List<Object> command =
        new ArrayList<>(
            List.of("crop", photos, "-o", boxes, "--detector", "detr", "--weights", weights));
    command.addAll(Arrays.asList(more));
    return CommandRun.of(command.toArray());
  }

  @Test
  void everyPhotographGetsARowAndWithoutALeastScoreABox() throws Exception {
    Path boxes = folder.resolve("boxes.csv");
    CommandRun run = crop(boxes, "--min-score", 0);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    List<BoxRecord> found = BoxRecords.read(boxes);
    assertThat(found)
        .hasSize(COUNT)
        .allSatisfy(
            record -> {
              assertThat(record.best()).isPresent();
              assertThat(record.verdict()).isPresent();
            });

    Path sure = folder.resolve("sure.csv");
    assertThat(crop(sure, "--min-score", 1).status()).isEqualTo(ExitStatus.DONE);
    assertThat(BoxRecords.read(sure))
        .hasSize(COUNT)
        .allSatisfy(record -> assertThat(record.best()).isEmpty());
  }

  @Test
  void threadsDoNotChangeAByte() throws Exception {
    Path one = folder.resolve("one.csv");
    Path two = folder.resolve("two.csv");
    crop(one, "--threads", 1, "--min-score", 0, "--max-boxes", 3);
    crop(two, "--threads", 2, "--min-score", 0, "--max-boxes", 3);
    assertThat(one).isNotEmptyFile();
    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void aDetectorDescribedOtherwiseIsAnother() throws Exception {
    Path own = Files.copy(weights, folder.resolve("tiny.safetensors"));
    Path boxes = folder.resolve("boxes.csv");
    new DetectorFile(TinyDetr.OPTIONS, 48, 64).write(folder);
    assertThat(crop(boxes, "--weights", own).status()).isEqualTo(ExitStatus.USAGE);
    CommandRun first = of(own, boxes);
    assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.DONE);
    new DetectorFile(TinyDetr.OPTIONS, 32, 64).write(folder);
    CommandRun second = of(own, boxes);
    assertThat(second.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(second.err()).contains("was made with other settings").hasLineCount(1);
  }

  private static CommandRun of(Path weights, Path boxes) {
    return CommandRun.of("crop", photos, "-o", boxes, "--detector", "detr", "--weights", weights);
  }

  @Test
  void convertingWithTheDetectorEqualsConvertingWithItsBoxFile() throws Exception {
    Path boxes = folder.resolve("boxes.csv");
    assertThat(crop(boxes, "--min-score", 0).status()).isEqualTo(ExitStatus.DONE);
    Path found = folder.resolve("found.h5");
    CommandRun run =
        CommandRun.of(
            "convert",
            photos,
            "-o",
            found,
            "--crop",
            "detr",
            "--weights",
            weights,
            "--min-score",
            0);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    Path listed = folder.resolve("listed.h5");
    CommandRun again = CommandRun.of("convert", photos, "-o", listed, "--crop", boxes);
    assertThat(again.status()).as(again.err()).isEqualTo(ExitStatus.DONE);

    assertThat(Photographs.records(found))
        .hasSize(COUNT)
        .containsExactlyEntriesOf(Photographs.records(listed));
  }

  @Test
  void trainingBeginsWithWeightsUnderTheNamesOfTheOriginal() throws Exception {
    Path original = folder.resolve("original.pth");
    TorchArchiveWriter.write(original, TinyDetr.original(TinyDetr.weights()));
    List<Object> command =
        new ArrayList<>(
            List.of("crop", "train", "--photos", photos, "--boxes", photos.resolve("boxes.csv")));
    command.addAll(List.of("-o", folder.resolve("run"), "--recipe", "detr-small"));
    command.addAll(List.of("--weights", original, "--epochs", 1, "--batch", 2, "--device", "cpu"));
    command.addAll(List.of("--torch-threads", 1, "--threads", 1, "--validation", "0.3"));
    for (String change :
        List.of(
            "detector.backbone=resnet18_c3",
            "detector.queries=4",
            "detector.encoder_layers=2",
            "detector.decoder_layers=2",
            "detector.width=16",
            "detector.heads=4",
            "detector.feed_forward=32",
            "detector.trained_norm=false",
            "pictures.shorter_sides=[48]",
            "pictures.longest_side=64")) {
      command.addAll(List.of("--set", change));
    }
    CommandRun run = CommandRun.of(command.toArray());

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    Path trained = folder.resolve("run/best.safetensors");
    CommandRun used = of(trained, folder.resolve("boxes.csv"));
    assertThat(used.status()).as(used.err()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void weightsOfNoUseAreNamedInOneLineAndNothingIsLeft() throws Exception {
    Path page = Files.writeString(folder.resolve("page.pth"), "<html>404</html>");
    Path boxes = folder.resolve("boxes.csv");
    CommandRun run = of(page, boxes);
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains(page.toString(), "is a web page").hasLineCount(1);
    assertThat(Photographs.files(folder)).containsOnlyKeys("page.pth");
  }
}
