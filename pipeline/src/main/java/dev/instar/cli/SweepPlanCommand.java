package dev.instar.cli;

import dev.instar.report.SweepPlanJson;
import dev.instar.report.SweepPlanText;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.SweepEstimate;
import dev.instar.sweep.SweepPlan;
import dev.instar.train.Recipe;
import dev.instar.train.StepTiming;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar sweep plan}. */
@Command(
    name = "plan",
    header = "Make the folder of a sweep from its plan, and say what it will take.",
    customSynopsis = "instar sweep plan PLAN [-o SWEEP] [OPTIONS]",
    description =
        "A plan is YAML: what varies, what all cells have in common, what is left out. Without axes it is the 72 published trainings. Planned again into the same folder, cells are added or left out and results stay; cells that were begun cannot change. Nothing is trained yet, but a few steps of each network, to know the time.",
    footer = {
      "%nExamples:",
      "  instar sweep plan --example > published.yaml",
      "  instar sweep plan published.yaml -o sweep/",
      "  instar sweep plan sweep/sweep.yaml -o sweep/ --no-timing --json | jq .seconds_left"
    })
final class SweepPlanCommand implements Callable<Integer> {
  /** About what timing the steps of a network takes, after a first one. */
  private static final double SECONDS = 2;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PLAN", arity = "0..1", description = "What is trained, as YAML.")
  private List<Path> files = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "SWEEP",
      description = "The folder of the sweep (the plan's name).")
  private Path output;

  @Option(
      names = "--no-timing",
      description = "Time no steps: begin with what has most pictures and weights.")
  private boolean untimed;

  @Option(
      names = "--device",
      paramLabel = "WHERE",
      defaultValue = "auto",
      description = "Where steps are timed: auto, cpu, cuda or cuda:N (auto).")
  private String device;

  @Option(
      names = "--torch-threads",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Threads that compute them (what Slurm or the machine grants).")
  private Integer torchThreads;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(names = "--example", description = "Print a plan with comments, and do nothing else.")
  private boolean example;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (example) {
      out.print(SweepPlan.example());
      return ExitStatus.DONE;
    }
    if (files.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "a plan is missing; --example prints one to begin with");
    }
    SweepPlan plan = SweepPlan.read(files.get(0));
    for (Path file : List.of(plan.pack(), plan.metadata())) {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file + ", which " + files.get(0) + " names");
      }
    }
    Path folder = output == null ? Path.of(plan.name()) : output;
    SweepEstimate estimate =
        SweepEstimate.of(plan.cells(), folder.toAbsolutePath().normalize(), this::timed);
    Sweep sweep = Sweep.create(folder, plan, estimate.planned());
    if (json) {
      out.println(SweepPlanJson.of(sweep, estimate, machine()));
    } else {
      print(out, sweep, estimate);
    }
    return ExitStatus.DONE;
  }

  private Optional<StepTiming> timed(String model, Recipe recipe, int classes) {
    if (untimed) {
      return Optional.empty();
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("instar: timing steps of " + model);
    err.flush();
    int threads = torchThreads != null ? torchThreads : Runtime.getRuntime().availableProcessors();
    return Optional.of(StepTiming.measure(model, recipe, classes, device, threads, SECONDS));
  }

  private void print(PrintWriter out, Sweep sweep, SweepEstimate estimate) {
    out.print(SweepPlanText.table(estimate).text());
    out.println();
    out.print(SweepPlanText.paces(estimate));
    if (!untimed) {
      out.println("measured on " + machine());
    }
    out.print(SweepPlanText.total(estimate));
    if (!sweep.former().isEmpty()) {
      out.println(
          sweep.former().size()
              + " cells that were begun are not in the plan any more; their folders stay");
    }
    out.printf(
        "%s: %d cells planned; 'instar sweep run %s' trains them, longest first%n",
        sweep.path(), sweep.cells().size(), output == null ? sweep.name() : output);
  }

  private String machine() {
    Machine machine = new Machine();
    return machine.host()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores of "
        + machine.processor();
  }
}
