package dev.instar.cli;

import dev.instar.sweep.Cell;
import dev.instar.sweep.Sweep;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The arguments of the processes that {@code sweep run} starts, a cell each. */
final class CellArguments {
  private static final String DEVICE = "--device";
  private static final String THREADS = "--threads";
  private static final String TORCH_THREADS = "--torch-threads";

  /** What is said of all cells is said of each. */
  private static final List<String> PASSED_ON =
      List.of("--pack", "--metadata", THREADS, TORCH_THREADS, "--checkpoint-every", "--debug");

  private final List<String> before;
  private final List<String> after;
  private final List<String> devices;

  private CellArguments(List<String> before, List<String> after, List<String> devices) {
    this.before = before;
    this.after = after;
    this.devices = devices;
  }

  /**
   * @param verb whose options were parsed
   * @param parallel cells at a time, which share the cores
   */
  static CellArguments of(CommandSpec verb, Sweep sweep, int parallel) {
    ParseResult given = verb.commandLine().getParseResult();
    List<String> after = new ArrayList<>();
    for (String name : PASSED_ON) {
      OptionSpec option = given.matchedOption(name);
      if (option != null) {
        after.add(name);
        after.addAll(option.arity().max() == 0 ? List.of() : option.originalStringValues());
      }
    }
    int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / parallel);
    if (!after.contains(TORCH_THREADS)) {
      after.addAll(List.of(TORCH_THREADS, String.valueOf(cores)));
    }
    if (!after.contains(THREADS)) {
      after.addAll(List.of(THREADS, String.valueOf(ConductOptions.loaders(cores))));
    }
    OptionSpec device = given.matchedOption(DEVICE);
    return new CellArguments(
        List.of("sweep", "run", sweep.path().toString(), "--cell"),
        after,
        device == null ? List.of() : List.of(device.originalStringValues().get(0).split(",")));
  }

  /**
   * Of one process.
   *
   * @param slot which of the cells at a time it is, from 0; several devices are shared out so
   */
  List<String> of(Cell cell, int slot) {
    List<String> arguments = new ArrayList<>(before);
    arguments.add(cell.name());
    arguments.addAll(after);
    if (!devices.isEmpty()) {
      arguments.addAll(List.of(DEVICE, devices.get(slot % devices.size())));
    }
    return arguments;
  }
}
