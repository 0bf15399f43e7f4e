package dev.instar.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Reads a {@code predictions-SPLIT.csv}. */
final class PredictionFile {
  private static final List<String> COLUMNS =
      List.of("record", "true", "place", "class", "probability");

  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(Mistake::confidence).reversed().thenComparing(Mistake::record);

  private PredictionFile() {}

  /** The file's name in a run's folder. */
  static Path in(Path run, String split) {
    return run.resolve("predictions-" + split + ".csv");
  }

  /**
   * The mistakes that the network was surest of, the surest first.
   *
   * @param most at most so many
   * @throws InputException if the file is damaged; the message names it and the line
   */
  static List<Mistake> worst(Path file, int most) throws IOException {
    ObjectReader reader =
        new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);
    PriorityQueue<Mistake> kept = new PriorityQueue<>(WORST_FIRST.reversed());
    long line = 1;
    try (BufferedReader text = Files.newBufferedReader(file);
        MappingIterator<String[]> rows = reader.readValues(text)) {
      List<Integer> places = places(file, rows.hasNextValue() ? rows.nextValue() : new String[0]);
      while (rows.hasNextValue()) {
        line = rows.getCurrentLocation().getLineNr();
        String[] row = rows.nextValue();
        Mistake prediction = prediction(file, line, places, row);
        if (!prediction.truth().equals(prediction.predicted())) {
          kept.add(prediction);
          if (kept.size() > most) {
            kept.remove();
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, line, e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      throw damaged(file, line, "its bytes are no UTF-8");
    }
    List<Mistake> worst = new ArrayList<>(kept);
    worst.sort(WORST_FIRST);
    return worst;
  }

  private static List<Integer> places(Path file, String[] header) throws InputException {
    List<String> names = Arrays.asList(header);
    if (!names.containsAll(COLUMNS)) {
      throw damaged(file, 1, "it needs the columns " + String.join(", ", COLUMNS));
    }
    return COLUMNS.stream().map(names::indexOf).toList();
  }

  private static Mistake prediction(Path file, long line, List<Integer> places, String[] row)
      throws InputException {
    for (int place : places) {
      if (place >= row.length) {
        throw damaged(file, line, "the row has " + row.length + " cells");
      }
    }
    try {
      double confidence = Double.parseDouble(row[places.get(4)]);
      if (!(confidence >= 0 && confidence <= 1 + 1e-9)) {
        throw damaged(file, line, "no probability: " + row[places.get(4)]);
      }
      return new Mistake(
          row[places.get(0)],
          row[places.get(1)],
          row[places.get(3)],
          Math.min(1, confidence),
          Integer.parseInt(row[places.get(2)]));
    } catch (NumberFormatException e) {
      throw damaged(file, line, "no number: " + e.getMessage());
    }
  }

  private static InputException damaged(Path file, long line, String why) {
    return new InputException(
        Fault.CORRUPT, file + " is damaged, line " + line + ": " + why + "; evaluate again");
  }
}
