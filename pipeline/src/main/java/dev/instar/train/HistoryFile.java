package dev.instar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The epochs that a run of a classifier has logged so far. Immutable.
 *
 * <p>Lines that cannot be read, such as the last one while the run is writing it, or after a kill,
 * are left out; a value that is missing, or no number, is NaN.
 */
public record HistoryFile(List<Epoch> epochs) {
  /** A damaged file may be one endless line; a sound one is some hundred characters long. */
  private static final int LONGEST_LINE = 1 << 16;

  private static final ObjectReader JSON = new ObjectMapper().reader();

  public HistoryFile {
    epochs = List.copyOf(epochs);
  }

  /**
   * The end of an epoch.
   *
   * @param epoch from 0
   * @param loss the mean of what was minimised in training
   * @param learningRate of its last step
   * @param imagesPerSecond learnt from in it
   * @param seconds of training so far
   * @param validationLoss the mean cross-entropy on the validation set
   * @param top1 on the validation set, a part of 1
   * @param macroTop1 on the validation set, a part of 1
   */
  public record Epoch(
      int epoch,
      double loss,
      double learningRate,
      double imagesPerSecond,
      double seconds,
      double validationLoss,
      double top1,
      double macroTop1) {
    private static Epoch of(JsonNode line) {
      JsonNode validation = line.path("validation");
      return new Epoch(
          line.path("epoch").asInt(),
          number(line, "loss"),
          number(line, "learning_rate"),
          number(line, "images_per_second"),
          number(line, "seconds"),
          number(validation, "loss"),
          number(validation, "top1"),
          number(validation, "macroTop1"));
    }

    private static double number(JsonNode of, String name) {
      JsonNode value = of.path(name);
      return value.isNumber() ? value.asDouble() : Double.NaN;
    }
  }

  /** Reads the history in a run's folder; empty where there is none yet. */
  public static HistoryFile read(Path run) throws IOException {
    List<Epoch> epochs = new ArrayList<>();
    // Damaged bytes become replacement characters: their line is no JSON, the others are.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(run.resolve(RunFolder.HISTORY)), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      while (nextLine(reader, line)) {
        // Hundreds of lines of steps to one of an epoch are not even parsed.
        if (line.indexOf("\"validation\"") >= 0) {
          add(line.toString(), epochs);
        }
      }
    } catch (NoSuchFileException notYet) {
      return new HistoryFile(List.of());
    }
    return new HistoryFile(epochs);
  }

  /** Whether there was a line; of one that is too long only the start is kept. */
  private static boolean nextLine(BufferedReader reader, StringBuilder line) throws IOException {
    line.setLength(0);
    int c = reader.read();
    boolean some = c >= 0;
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() < LONGEST_LINE) {
        line.append((char) c);
      }
    }
    return some;
  }

  private static void add(String line, List<Epoch> epochs) throws IOException {
    try {
      JsonNode entry = JSON.readTree(line);
      if (entry.path("kind").asText().equals("epoch")) {
        epochs.add(Epoch.of(entry));
      }
    } catch (JsonProcessingException damaged) {
      // Torn: the run writes it again when it goes on.
    }
  }
}
