package dev.instar.cli;

import dev.instar.pack.FolderLock;
import dev.instar.slurm.Slurm;
import dev.instar.sweep.CellArray;
import dev.instar.sweep.Dispatch;
import dev.instar.sweep.Submission;
import dev.instar.sweep.Submissions;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.SweepStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar sweep submit}. */
@Command(
    name = "submit",
    header = "Hand the cells that have no result yet to Slurm.",
    customSynopsis = "instar sweep submit SWEEP --slurm [OPTIONS]",
    description =
        "Each cell is a task of an array, the longest first. Cells that are done, have failed, or that somebody works on or Slurm has in its queue already are left out, so submitting again is safe. A task whose time is up saves, and goes back to the queue.",
    footer = {
      "%nExamples:",
      "  instar sweep submit sweep/ --slurm --time 12:00:00 --gpus 1 --max-running 8",
      "  instar sweep submit sweep/ --slurm --only 'model=resnet50' --retry-failed --dry-run"
    })
final class SweepSubmitCommand implements Callable<Integer> {
  /** A task that needs longer continues in another. */
  private static final String USUAL_TIME = "12:00:00";

  private static final int USUAL_CPUS = 4;

  /** Training either of the published networks on the processor, 32 pictures at a time. */
  private static final String USUAL_MEMORY = "16G";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP", description = "The folder that instar sweep plan made.")
  private Path folder;

  @Mixin private SlurmOptions options;

  @Option(names = "--no-stage", description = "Read pack and table where they are.")
  private boolean noStage;

  @Mixin private CellsOption only;

  @Option(names = "--retry-failed", description = "Try cells again that have failed.")
  private boolean retryFailed;

  @Option(names = "--json", description = "Print what was submitted as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!options.asked()) {
      throw new ParameterException(
          spec.commandLine(),
          "say --slurm, the only engine so far; instar sweep run trains on this machine");
    }
    Sweep sweep = Sweep.open(folder);
    Dispatch dispatch =
        new Dispatch(
            sweep,
            options.instar(),
            options.resources(USUAL_TIME, USUAL_CPUS, USUAL_MEMORY),
            !noStage);
    if (options.dryRun()) {
      show(dispatch);
    } else {
      submit(dispatch);
    }
    return ExitStatus.DONE;
  }

  @SuppressWarnings("try") // the lock acts by being held
  private void submit(Dispatch dispatch) throws IOException, InterruptedException {
    Sweep sweep = dispatch.sweep();
    Slurm slurm = Slurm.find();
    try (FolderLock alone = Submissions.lock(sweep)) {
      SweepStatus before =
          SweepStatus.of(sweep, only.filter(), slurm.states(SweepStatus.jobs(sweep)));
      List<CellArray> arrays = CellArray.of(Dispatch.due(before, retryFailed), slurm.mostTasks());
      if (!arrays.isEmpty()) {
        sweep.resume();
      }
      List<Submission> submitted = new ArrayList<>();
      for (CellArray array : arrays) {
        submitted.add(dispatch.sharedBy(arrays.size()).submit(slurm, array));
      }
      SubmissionSummary summary = new SubmissionSummary(before, submitted);
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? summary.json() : summary.text());
      out.flush();
    }
  }

  /** Prints the scripts; without a Slurm that could be asked, of all cells. */
  private void show(Dispatch dispatch) throws IOException, InterruptedException {
    Sweep sweep = dispatch.sweep();
    SlurmView slurm = new SlurmView();
    SweepStatus before =
        SweepStatus.of(sweep, only.filter(), slurm.states(SweepStatus.jobs(sweep)));
    List<CellArray> arrays = CellArray.of(Dispatch.due(before, retryFailed), slurm.mostTasks());
    PrintWriter out = spec.commandLine().getOut();
    for (CellArray array : arrays) {
      out.print(dispatch.sharedBy(arrays.size()).script(array));
    }
    out.flush();
    System.err.println(
        "instar: nothing was submitted; this is for "
            + arrays.stream().mapToInt(array -> array.cells().size()).sum()
            + " of "
            + before.cells().size()
            + " cells");
  }
}
