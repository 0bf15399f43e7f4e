package dev.instar.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.instar.evaluate.Calibration;
import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@code evaluation-SPLIT.json} says, as far as it is drawn or compared. Immutable.
 *
 * @param split the part of the records that it is of
 * @param scores the measures over all records
 * @param confusion of one network
 */
record EvaluationFile(
    String split, Scores scores, NamedConfusion confusion, Calibration calibration) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build()
          .setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));

  /** The file's name in a run's folder. */
  static Path in(Path run, String split) {
    return run.resolve("evaluation-" + split + ".json");
  }

  /**
   * Reads the evaluation of a split in a run's folder; empty where there is none.
   *
   * @throws InputException if it is damaged, of a newer version, or of another split; the message
   *     names the file
   */
  static Optional<EvaluationFile> read(Path run, String split) throws IOException {
    Path file = in(run, split);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    EvaluationFile read = parse(file, Files.readAllBytes(file));
    if (!read.split.equals(split)) {
      throw damaged(file, "it is of the split '" + read.split + "'", null);
    }
    return Optional.of(read);
  }

  /** Reads the text of a file, whose name is for messages. */
  static EvaluationFile parse(Path file, byte[] text) throws InputException {
    try {
      JsonNode tree = JSON.readTree(text);
      int format = tree.path("format").asInt();
      if (format > EvaluationJson.FORMAT) {
        throw new InputException(
            Fault.UNSUPPORTED,
            file
                + " is of format "
                + format
                + ", and this version of instar reads up to "
                + EvaluationJson.FORMAT
                + "; use the version that wrote it, or evaluate again");
      }
      if (format < 1) {
        throw damaged(file, "it says no format", null);
      }
      return JSON.treeToValue(tree, Content.class).evaluation();
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage(), e);
    } catch (InputException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) { // bytes that are no text; false counts
      throw damaged(file, e.getMessage(), e);
    }
  }

  private static InputException damaged(Path file, String why, Exception cause) {
    return new InputException(
        Fault.CORRUPT, file + " is damaged: " + why + "; evaluate again", cause);
  }

  /** What is read of the file. */
  private record Content(
      String split,
      String task,
      int records,
      Map<Integer, Top> top,
      Map<Integer, Double> macroTop,
      F1 f1,
      double loss,
      Bins calibration,
      List<NamedClass> classes,
      Cells confusion) {

    EvaluationFile evaluation() {
      List<String> names = new ArrayList<>();
      for (NamedClass named : classes) {
        require(named.number() == names.size(), "its classes are not numbered from 0 on");
        names.add(named.name());
      }
      List<ConfusionMatrix.Cell> cells = new ArrayList<>();
      for (int[] cell : confusion.cells()) {
        require(cell.length == 3, "a cell of its confusion matrix is not of three numbers");
        cells.add(new ConfusionMatrix.Cell(cell[0], cell[1], cell[2]));
      }
      ConfusionMatrix matrix = ConfusionMatrix.of(names.size(), cells);
      require(records > 0 && matrix.size() == records, "its confusion matrix is of other records");
      Calibration calibrated = calibration.calibration();
      require(
          calibrated.bins().stream().mapToLong(Calibration.Bin::count).sum() == records,
          "its calibration is of other records");
      return new EvaluationFile(
          split, scores(calibrated), new NamedConfusion(task, names, matrix, 1), calibrated);
    }

    private Scores scores(Calibration calibrated) {
      Map<Measure, Double> values = new EnumMap<>(Measure.class);
      top.forEach((k, of) -> put(values, "top", k, of.accuracy()));
      macroTop.forEach((k, value) -> put(values, "macro_top", k, value));
      values.put(Measure.MACRO_F1, share(f1.macro()));
      values.put(Measure.MICRO_F1, share(f1.micro()));
      values.put(Measure.CALIBRATION_ERROR, share(calibrated.expectedError()));
      require(loss >= 0 && loss < Double.POSITIVE_INFINITY, "its loss is no loss");
      values.put(Measure.LOSS, loss);
      int present = (int) classes.stream().filter(named -> named.records() > 0).count();
      return new Scores(records, present, values);
    }

    /** Only some of the places that may be asked for have a measure of their own. */
    private static void put(Map<Measure, Double> values, String name, int k, double value) {
      for (Measure measure : Measure.values()) {
        if (measure.key().equals(name + k)) {
          values.put(measure, share(value));
        }
      }
    }
  }

  private record Top(double accuracy) {}

  private record F1(double micro, double macro) {}

  private record NamedClass(int number, String name, int records) {}

  private record Cells(List<int[]> cells) {}

  /** The bins as they are: one without records has neither accuracy nor confidence. */
  private record Bins(List<JsonNode> bins) {
    Calibration calibration() {
      return new Calibration(bins.stream().map(Bins::bin).toList());
    }

    private static Calibration.Bin bin(JsonNode bin) {
      JsonNode records = bin.path("records");
      require(records.isInt() && records.asInt() >= 0, "a bin of its calibration has no count");
      boolean empty = records.asInt() == 0;
      return new Calibration.Bin(
          share(number(bin, "above")),
          share(number(bin, "up_to")),
          records.asInt(),
          empty ? 0 : share(number(bin, "accuracy")),
          empty ? 0 : share(number(bin, "confidence")));
    }

    private static double number(JsonNode of, String name) {
      return of.path(name).isNumber() ? of.path(name).asDouble() : Double.NaN;
    }
  }

  private static double share(double value) {
    require(value >= 0 && value <= 1 + 1e-9, "a share of it is not between 0 and 1");
    return Math.min(1, value);
  }

  private static void require(boolean sound, String otherwise) {
    if (!sound) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
