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
 * What a run of a classifier has logged so far. Immutable.
 *
 * <p>Lines that cannot be read, such as the last one while the run is writing it, or after a kill,
 * are left out; a value that is missing, or no number, is NaN.
 *
 * @param epochs in their order
 * @param steps in their order; of a long run neighbours are averaged, so that {@link #MOST_STEPS}
 *     remain at most
 */
public record HistoryFile(List<Epoch> epochs, List<Steps> steps) {
  /** More points than these no chart shows; the history of a large run has tens of thousands. */
  public static final int MOST_STEPS = 400;

  private static final ObjectReader JSON = new ObjectMapper().reader();

  /** A damaged file may be one endless line; a sound one is some hundred characters long. */
  private static final int LONGEST_LINE = 1 << 20;

  public HistoryFile {
    epochs = List.copyOf(epochs);
    steps = List.copyOf(steps);
  }

  /**
   * The end of an epoch.
   *
   * @param epoch from 0
   * @param step that it ended with
   * @param loss the mean of what was minimised in training
   * @param seconds of training so far
   * @param best whether it was the best epoch until then
   * @param validationLoss the mean cross-entropy on the validation set
   * @param top1 on the validation set, a part of 1
   * @param macroTop1 on the validation set, a part of 1
   * @param macroF1 on the validation set, a part of 1
   */
  public record Epoch(
      int epoch,
      long step,
      double loss,
      double seconds,
      boolean best,
      double validationLoss,
      double top1,
      double macroTop1,
      double macroF1) {}

  /**
   * Some steps of the optimizer.
   *
   * @param step the last of them
   * @param epoch from 0
   * @param loss their mean
   * @param learningRate of the last
   * @param imagesPerSecond their mean
   */
  public record Steps(
      long step, int epoch, double loss, double learningRate, double imagesPerSecond) {
    private Steps with(Steps next) {
      return new Steps(
          next.step,
          next.epoch,
          (loss + next.loss) / 2,
          next.learningRate,
          (imagesPerSecond + next.imagesPerSecond) / 2);
    }
  }

  /** Reads the history in a run's folder; empty where there is none yet. */
  public static HistoryFile read(Path run) throws IOException {
    List<Epoch> epochs = new ArrayList<>();
    Thinned steps = new Thinned();
    // Damaged bytes become replacement characters: their line is no JSON, the others are.
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(run.resolve(RunFolder.HISTORY)), StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      while (nextLine(reader, line)) {
        JsonNode entry = parsed(line.toString());
        switch (entry.path("kind").asText()) {
          case "epoch" -> epochs.add(epoch(entry));
          case "step" -> steps.add(steps(entry));
          default -> {} // of a later version, or damaged
        }
      }
    } catch (NoSuchFileException notYet) {
      return new HistoryFile(List.of(), List.of());
    }
    return new HistoryFile(epochs, steps.all);
  }

  /** Whether there was a line; of one that is too long only the start is kept. */
  private static boolean nextLine(BufferedReader reader, StringBuilder line) throws IOException {
    line.setLength(0);
    int c = reader.read();
    if (c < 0) {
      return false;
    }
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() < LONGEST_LINE) {
        line.append((char) c);
      }
    }
    return true;
  }

  private static JsonNode parsed(String line) throws IOException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException damaged) {
      return JSON.createObjectNode();
    }
  }

  private static Epoch epoch(JsonNode entry) {
    JsonNode validation = entry.path("validation");
    return new Epoch(
        entry.path("epoch").asInt(),
        entry.path("step").asLong(),
        number(entry, "loss"),
        number(entry, "seconds"),
        entry.path("best").asBoolean(),
        number(validation, "loss"),
        number(validation, "top1"),
        number(validation, "macroTop1"),
        number(validation, "macroF1"));
  }

  private static Steps steps(JsonNode entry) {
    return new Steps(
        entry.path("step").asLong(),
        entry.path("epoch").asInt(),
        number(entry, "loss"),
        number(entry, "learning_rate"),
        number(entry, "images_per_second"));
  }

  private static double number(JsonNode of, String name) {
    JsonNode value = of.path(name);
    return value.isNumber() ? value.asDouble() : Double.NaN;
  }

  /** Keeps every so many steps: when there are too many, neighbours become one. */
  private static final class Thinned {
    private List<Steps> all = new ArrayList<>();
    private int each = 1;
    private int pending;

    void add(Steps steps) {
      if (pending == 0) {
        all.add(steps);
      } else {
        int last = all.size() - 1;
        all.set(last, all.get(last).with(steps));
      }
      pending = (pending + 1) % each;
      if (all.size() == MOST_STEPS && pending == 0) {
        List<Steps> halved = new ArrayList<>();
        for (int i = 0; i + 1 < all.size(); i += 2) {
          halved.add(all.get(i).with(all.get(i + 1)));
        }
        all = halved;
        each *= 2;
      }
    }
  }
}
