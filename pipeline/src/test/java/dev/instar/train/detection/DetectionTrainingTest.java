package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.detect.DetectorFile;
import dev.instar.image.InputException;
import dev.instar.model.Detr;
import dev.instar.model.DetrOptions;
import dev.instar.model.NamedTensor;
import dev.instar.testing.SmallWells;
import dev.instar.testing.StopAfter;
import dev.instar.torch.ElementType;
import dev.instar.torch.LibTorch;
import dev.instar.torch.SafetensorsWriter;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.torch.WeightsFile;
import dev.instar.train.Cadence;
import dev.instar.train.Conduct;
import dev.instar.train.DivergedException;
import dev.instar.train.TrainingLog;
import dev.instar.train.TrainingResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run of a detector, on eight photographs. */
final class DetectionTrainingTest {
  private static final List<String> TINY =
      List.of(
          "detector.backbone=resnet18_c3",
          "detector.queries=3",
          "detector.decoder_layers=1",
          "detector.width=32",
          "detector.heads=4",
          "detector.feed_forward=64",
          "pictures.shorter_sides=[48]",
          "pictures.longest_side=64",
          "batch=8",
          "epochs=2");

  /** One of everything that chance has a hand in. */
  private static final List<String> EVERYTHING_RANDOM =
      with(
          TINY,
          "batch=3",
          "detector.dropout=0.2",
          "pictures.shorter_sides=[32, 48]",
          "augmentation.crop=0.5",
          "augmentation.brightness=0.3",
          "average=0.9");

  private static final BooleanSupplier NEVER = () -> false;

  @TempDir static Path folder;
  private static SmallWells wells;

  @BeforeAll
  static void draw() throws Exception {
    wells = SmallWells.draw(folder, 8);
  }

  @Test
  void aDetectorLearnsWhatItIsShown() throws Exception {
    List<String> changes =
        with(
            TINY,
            "epochs=90",
            "optimizer.rate=2e-3",
            "backbone_rate=1e-3",
            "schedule.warmup=0",
            "augmentation.flip=0",
            "augmentation.vertical_flip=0");

    TrainingResult<DetectionMeasures> result = run("learns", changes, NEVER);

    assertThat(result.finished()).isTrue();
    assertThat(result.steps()).isEqualTo(90);
    assertThat(result.best().get(0).ap50()).isGreaterThan(0.9);
    assertThat(DetectorFile.beside(folder.resolve("learns/best.safetensors")))
        .hasValueSatisfying(
            file -> {
              assertThat(file.options().backbone()).isEqualTo("resnet18_c3");
              assertThat(file.shorterSide()).isEqualTo(48);
            });
    JsonNode step =
        history("learns").stream().filter(line -> line.has("loss_giou")).findFirst().orElseThrow();
    assertThat(step.get("loss_l1").asDouble()).isPositive();
    assertThat(step.get("loss_classes").asDouble()).isPositive();
    JsonNode last = history("learns").get(history("learns").size() - 1);
    assertThat(last.get("validation").get("ap50").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void aRunThatIsStoppedEndsWithTheSameBytes() throws Exception {
    run("whole", EVERYTHING_RANDOM, NEVER);

    TrainingResult<DetectionMeasures> stopped = run("parts", EVERYTHING_RANDOM, new StopAfter(2));
    TrainingResult<DetectionMeasures> again = run("parts", EVERYTHING_RANDOM, new StopAfter(3));
    TrainingResult<DetectionMeasures> finished = run("parts", EVERYTHING_RANDOM, NEVER);

    assertThat(stopped.finished()).isFalse();
    assertThat(stopped.steps()).isEqualTo(2);
    assertThat(again.finished()).isFalse();
    assertThat(finished.finished()).isTrue();
    for (String file : List.of("best.safetensors", "last.safetensors")) {
      assertThat(folder.resolve("parts").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
  }

  @Test
  void aLimitOfStepsEndsAnEpochWhichIsStillMeasured() throws Exception {
    TrainingResult<DetectionMeasures> result =
        run("steps", with(TINY, "batch=2", "steps=5", "epochs=9"), NEVER);

    assertThat(result.finished()).isTrue();
    assertThat(result.early()).isFalse();
    assertThat(result.steps()).isEqualTo(5);
    assertThat(result.epochs()).isEqualTo(2);
    assertThat(history("steps")).last().returns(5L, line -> line.get("step").asLong());
  }

  @Test
  void halfThePrecisionAndAnotherLayoutChangeLittle() throws Exception {
    List<String> whole = with(TINY, "epochs=1", "batch=4");
    double expected = lossOfFirstEpoch("float32", whole);
    double found =
        lossOfFirstEpoch("bfloat16", with(whole, "precision=bfloat16", "channels_last=true"));

    assertThat(found).isNotEqualTo(expected).isCloseTo(expected, withinPercentage(5));
    try (WeightsFile weights = WeightsFile.open(folder.resolve("bfloat16/best.safetensors"))) {
      assertThat(weights.tensors().get(Detr.BACKBONE + "conv1.weight").type())
          .isEqualTo(ElementType.F32);
    }
  }

  private static double lossOfFirstEpoch(String name, List<String> changes) throws Exception {
    run(name, changes, NEVER);
    return history(name).get(0).get("loss").asDouble();
  }

  @Test
  void aBackboneBeginsWithTheWeightsOfAResidualNetwork() throws Exception {
    Path plain = folder.resolve("resnet.safetensors");
    save(plain, 1, name -> name.startsWith(Detr.BACKBONE), Detr.BACKBONE.length());
    List<String> hardly = with(TINY, "epochs=1", "optimizer.rate=1e-12", "backbone_rate=1e-12");

    String said = said("backbone", hardly, plain);

    assertThat(said).contains("resnet.safetensors: ").contains(" tensors taken");
    try (WeightsFile given = WeightsFile.open(plain);
        WeightsFile trained = WeightsFile.open(folder.resolve("backbone/last.safetensors"))) {
      assertThat(floats(trained, Detr.BACKBONE + "conv1.weight"))
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(floats(given, "conv1.weight"));
    }
  }

  @Test
  void aHeadOfOtherLabelsIsBegunAfreshAndThatIsSaid() throws Exception {
    Path other = folder.resolve("other.safetensors");
    save(other, 91, name -> true, 0);

    String said = said("labels", with(TINY, "epochs=1"), other);

    assertThat(said)
        .contains("of another number of classes, begun afresh: class_labels_classifier.weight");
  }

  @Test
  void aFileThatHasNothingForADetectorIsRefused() throws Exception {
    Path nothing = folder.resolve("nothing.safetensors");
    save(nothing, 1, name -> name.startsWith("class_labels"), "class_".length());

    assertThatThrownBy(() -> said("nothing", with(TINY, "epochs=1"), nothing))
        .hasMessageContaining("has no weights that fit this model");
    assertThat(folder.resolve("nothing/run.json")).doesNotExist();
  }

  @Test
  void photographsThatTheBoxesDoNotNameAreRefusedWithAnExampleOfEach() throws Exception {
    Path boxes =
        Files.writeString(folder.resolve("foreign.csv"), "file,x,y,w,h\nelse.jpg,1,2,3,4\n");

    assertThatThrownBy(() -> run(plan("foreign", TINY, boxes, Optional.empty(), Optional.empty())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no else.jpg among them, but")
        .hasMessageContaining(".jpg, say");
    assertThat(folder.resolve("foreign/run.json")).doesNotExist();
  }

  @Test
  void emptyWellsAloneAreRefused() throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(wells.boxes())) {
      lines.add(lines.isEmpty() ? "file,x,y,w,h" : line.split(",")[0] + ",,,,");
    }
    Path boxes = Files.write(folder.resolve("empty.csv"), lines);

    assertThatThrownBy(() -> run(plan("empty", TINY, boxes, Optional.empty(), Optional.empty())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("without a box: there is nothing to find");
  }

  @Test
  void photographsThatAreMeasuredByAreNotLearntFrom() throws Exception {
    List<String> few = Files.readAllLines(wells.boxes()).subList(0, 4);
    Path validation = Files.write(folder.resolve("few.csv"), few);
    ByteArrayOutputStream log = new ByteArrayOutputStream();

    DetectionTraining.run(
        plan(
            "held",
            with(TINY, "epochs=1"),
            wells.boxes(),
            Optional.of(validation),
            Optional.empty()),
        TrainingLog.on(new PrintStream(log, true, StandardCharsets.UTF_8), false),
        NEVER);

    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("3 photographs of")
        .contains("nothing is learnt from them")
        .contains("5 photographs to learn from")
        .contains("3 to measure by");
  }

  @Test
  void otherSettingsAreRefusedWithTheDifference() throws Exception {
    run("same", with(TINY, "epochs=1"), NEVER);

    assertThatThrownBy(() -> run("same", with(TINY, "epochs=1", "clip=0.5"), NEVER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("recipe.clip was 1.0 and is 0.5");
  }

  @Test
  void aLossThatIsNoNumberStopsTheRun() throws Exception {
    assertThatThrownBy(
            () -> run("diverged", with(TINY, "optimizer.rate=1e30", "clip=0", "batch=2"), NEVER))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("training diverged at step");
    assertThat(folder.resolve("diverged/checkpoints")).isEmptyDirectory();
  }

  private static TrainingResult<DetectionMeasures> run(
      String name, List<String> changes, BooleanSupplier stop) throws Exception {
    return DetectionTraining.run(
        plan(name, changes, wells.boxes(), Optional.of(wells.copies()), Optional.empty()),
        TrainingLog.silent(),
        stop);
  }

  private static void run(DetectionTrainingPlan plan) throws Exception {
    DetectionTraining.run(plan, TrainingLog.silent(), NEVER);
  }

  /** Runs with first weights; what the log says then. */
  private static String said(String name, List<String> changes, Path weights) throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    DetectionTraining.run(
        plan(name, changes, wells.boxes(), Optional.of(wells.copies()), Optional.of(weights)),
        TrainingLog.on(new PrintStream(log, true, StandardCharsets.UTF_8), false),
        NEVER);
    return log.toString(StandardCharsets.UTF_8);
  }

  private static DetectionTrainingPlan plan(
      String name,
      List<String> changes,
      Path boxes,
      Optional<Path> validation,
      Optional<Path> weights)
      throws IOException {
    return new DetectionTrainingPlan(
        List.of(wells.photographs().toString()),
        boxes,
        validation,
        0.25,
        DetectionRecipe.FORM.read("detr-small", changes),
        weights,
        new Conduct(1, "cpu", 1, 1, new Cadence(Duration.ZERO, 1000), folder.resolve(name), false));
  }

  /** Saves some tensors of a fresh detector, their names without the first {@code cut} letters. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  private static void save(Path file, int labels, Predicate<String> chosen, int cut)
      throws IOException {
    LibTorch.load(1);
    DetrOptions options = DetectionRecipe.FORM.read("detr-small", TINY).detector().options();
    DetrOptions labelled =
        new DetrOptions(
            options.backbone(),
            labels,
            options.queries(),
            options.encoderLayers(),
            options.decoderLayers(),
            options.width(),
            options.heads(),
            options.feedForward(),
            options.dropout(),
            options.trainedNorm());
    try (Detr detector = Detr.create(labelled, 7);
        PointerScope scope = new PointerScope()) {
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      for (NamedTensor entry : detector.state()) {
        if (chosen.test(entry.name())) {
          tensors.put(entry.name().substring(cut), Tensors.stored(entry.tensor().detach()));
        }
      }
      SafetensorsWriter.write(file, tensors, Map.of());
    }
  }

  @SuppressWarnings("try") // the scope owns what is made on the way
  private static float[] floats(WeightsFile file, String name) {
    try (PointerScope scope = new PointerScope()) {
      return Tensors.floats(Tensors.wrap(file.tensors().get(name)));
    }
  }

  private static List<JsonNode> history(String name) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(name).resolve("history.jsonl"))) {
      lines.add(json.readTree(line));
    }
    return lines;
  }

  private static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(Arrays.asList(more));
    return all;
  }
}
