package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.sweep.Sweep.PlannedCell;
import dev.instar.taxonomy.AtomicText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The cells of a sweep, as its {@code cells.json} says it.
 *
 * @param sweep its name
 * @param cells in the order in which they are to be run
 * @param order the same in the order of the plan's axes
 * @param former cells that earlier forms of the plan had, and that were begun
 */
record CellList(String sweep, List<PlannedCell> cells, List<Cell> order, List<PlannedCell> former) {
  static final String FILE = "cells.json";

  private static final int FORMAT = 1;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=+-]{0,149}");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  CellList {
    cells = List.copyOf(cells);
    order = List.copyOf(order);
    former = List.copyOf(former);
  }

  /**
   * Reads the list of a sweep's folder.
   *
   * @throws InputException if there is none, or it is damaged; the message says what to do
   */
  static CellList read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InputException(
          Fault.UNREADABLE,
          folder + " is not the folder of a sweep: make it with 'instar sweep plan'",
          e);
    }
    return parse(bytes, file);
  }

  /**
   * Reads a list.
   *
   * @param file that it comes from, for messages
   */
  static CellList parse(byte[] bytes, Path file) throws InputException {
    try {
      Stored stored = JSON.readValue(bytes, Stored.class);
      if (stored == null || stored.cells == null || stored.sweep == null) {
        throw damaged(file, "it lists no cells", null);
      }
      if (stored.format != FORMAT) {
        throw new InputException(
            Fault.UNSUPPORTED,
            String.format(
                "%s is of format %d, and this version of Instar reads %d: use the one that planned"
                    + " the sweep",
                file, stored.format, FORMAT));
      }
      CellList list =
          new CellList(
              stored.sweep,
              planned(stored.cells),
              stored.cells.stream()
                  .sorted(Comparator.comparingInt(StoredCell::place))
                  .map(each -> each.planned().cell())
                  .toList(),
              planned(stored.former == null ? List.of() : stored.former));
      list.requireSound(file);
      return list;
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage().lines().findFirst().orElse(""), e);
    } catch (InputException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(file, e.getMessage(), e);
    }
  }

  private static InputException damaged(Path file, String how, Exception cause) {
    return new InputException(
        Fault.CORRUPT,
        file
            + " is damaged ("
            + how
            + "): delete it and plan again, 'instar sweep plan "
            + file.resolveSibling(Sweep.PLAN)
            + "'; results stay",
        cause);
  }

  private void requireSound(Path file) throws InputException {
    Set<String> names = new HashSet<>();
    for (List<PlannedCell> list : List.of(cells, former)) {
      for (PlannedCell each : list) {
        String name = each.cell().name();
        if (!NAME.matcher(name).matches()) {
          throw damaged(file, "no cell can be called '" + name + "'", null);
        }
        if (!names.add(name)) {
          throw damaged(file, "two cells are called " + name, null);
        }
      }
    }
    if (cells.isEmpty()) {
      throw damaged(file, "it lists no cells", null);
    }
  }

  /** Writes the list to a sweep's folder, replacing another at once. */
  void write(Path folder) throws IOException {
    AtomicText.write(folder.resolve(FILE), json());
  }

  String json() {
    try {
      return JSON.writeValueAsString(
              new Stored(FORMAT, sweep, stored(cells), former.isEmpty() ? null : stored(former)))
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of cells cannot be written: " + e.getMessage(), e);
    }
  }

  private List<StoredCell> stored(List<PlannedCell> planned) {
    Map<Cell, Integer> places = new HashMap<>();
    order.forEach(cell -> places.put(cell, places.size()));
    return planned.stream()
        .map(each -> StoredCell.of(each, places.getOrDefault(each.cell(), 0)))
        .toList();
  }

  private static List<PlannedCell> planned(List<StoredCell> cells) {
    if (cells.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a cell is missing");
    }
    return cells.stream().map(StoredCell::planned).toList();
  }

  /** The file. */
  private record Stored(
      int format, String sweep, List<StoredCell> cells, List<StoredCell> former) {}

  /**
   * A cell of the file.
   *
   * @param place in the order of the plan's axes
   * @param weights null where they are random
   */
  private record StoredCell(
      String name,
      int place,
      double seconds,
      Map<String, String> factors,
      String pack,
      String metadata,
      String splitColumn,
      String target,
      String model,
      String weights,
      String recipe,
      List<String> changes,
      long seed) {
    static StoredCell of(PlannedCell planned, int place) {
      Cell cell = planned.cell();
      return new StoredCell(
          cell.name(),
          place,
          planned.seconds(),
          cell.factors(),
          cell.pack().toString(),
          cell.metadata().toString(),
          cell.splitColumn(),
          cell.target(),
          cell.model(),
          cell.weights().map(Path::toString).orElse(null),
          cell.recipe(),
          cell.changes(),
          cell.seed());
    }

    PlannedCell planned() {
      for (Object each :
          new Object[] {
            name, factors, pack, metadata, splitColumn, target, model, recipe, changes
          }) {
        if (each == null) {
          throw new IllegalArgumentException("a cell lacks some of its settings");
        }
      }
      if (factors.containsValue(null) || changes.contains(null) || !(seconds >= 0)) {
        throw new IllegalArgumentException("cell " + name + " has a setting without a value");
      }
      try {
        return new PlannedCell(
            new Cell(
                name,
                factors,
                Path.of(pack),
                Path.of(metadata),
                splitColumn,
                target,
                model,
                Optional.ofNullable(weights).map(Path::of),
                recipe,
                changes,
                seed),
            seconds);
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("a path of cell " + name + " is none", e);
      }
    }
  }
}
