package dev.instar.cli;

import dev.instar.convert.RunSettings;
import dev.instar.convert.ShardPlan;
import dev.instar.slurm.BatchScript;
import dev.instar.slurm.Resources;
import dev.instar.slurm.Slurm;
import dev.instar.slurm.TaskId;
import dev.instar.slurm.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The work of a verb as an array of Slurm: a task for each shard of the output, and a job that
 * joins the shards once all are there.
 *
 * <p>The scripts, the logs and a note of the last jobs lie beside the output, in {@code
 * OUTPUT.slurm}. Submitted again, the work goes on where it stopped.
 */
final class ShardArray {
  /** One alone would have the name of the output. */
  static final int FEWEST_SHARDS = 2;

  private static final int USUAL_SHARDS = 8;
  private static final String USUAL_TIME = "01:00:00";
  private static final int USUAL_CPUS = 4;
  private static final String USUAL_MEMORY = "4G";

  /** What the verb knows of its output and of its shards. */
  interface Output {
    /** Checks that a shard, or the joined output, may be begun here or continued. */
    void require(Path path) throws IOException;

    /** Removes one with all that lies beside it, but its settings. */
    void discard(Path path) throws IOException;

    /** The command that joins shards; they follow it, and the output. */
    List<String> joining();
  }

  /**
   * What is to be done.
   *
   * @param words of the verb's command line, in groups, without what is Slurm's
   * @param photographs in the input
   * @param settings what decides the bytes of the output
   * @param fromHere whether it is to be done in the working directory, since the input names paths
   *     that begin there
   * @param overwrite whether what there is of it is removed first
   */
  record Work(
      List<List<String>> words,
      int photographs,
      String settings,
      boolean fromHere,
      boolean overwrite) {}

  private final CommandSpec verb;
  private final SlurmOptions slurm;
  private final Path output;
  private final Path folder;
  private final Output form;
  private final Work work;
  private final Optional<ShardJobs> earlier;
  private final int count;

  /**
   * Prepares an array; nothing is written.
   *
   * @param shards if their number was said
   * @throws IOException if earlier shards of the output are others
   */
  ShardArray(
      CommandSpec verb,
      SlurmOptions slurm,
      Optional<Integer> shards,
      Path output,
      Output form,
      Work work)
      throws IOException {
    this.verb = verb;
    this.slurm = slurm;
    this.output = output.toAbsolutePath().normalize();
    this.form = form;
    this.work = work;
    folder = this.output.resolveSibling(this.output.getFileName() + ".slurm");
    earlier = ShardJobs.read(folder);
    int usual = Math.min(USUAL_SHARDS, Math.max(FEWEST_SHARDS, work.photographs()));
    Optional<ShardJobs> continued = work.overwrite() ? Optional.empty() : earlier;
    count = shards.or(() -> continued.map(ShardJobs::shards)).orElse(usual);
    if (continued.isPresent()) {
      continued.get().requireSame(output, count, work.photographs(), work.settings());
    }
  }

  /**
   * Submits the array and the job after it, or prints their scripts, as the options of Slurm say.
   *
   * @param json whether the jobs are told to a machine
   * @return the exit status
   */
  int submit(boolean json) throws IOException, InterruptedException {
    for (Path path : outputs(count)) {
      form.require(path);
    }
    if (earlier.isEmpty() && !work.overwrite() && Files.exists(output)) {
      throw new IOException(
          output
              + " exists, and was not joined from shards; choose another output, or begin anew with --overwrite");
    }
    if (!work.overwrite()
        && Files.exists(output)
        && shards(count).stream().noneMatch(Files::exists)) {
      verb.commandLine()
          .getErr()
          .println("instar: " + output + " is joined, and its shards were removed: nothing to do");
      return ExitStatus.DONE;
    }
    BatchScript array = array();
    BatchScript merge = merge();
    if (slurm.dryRun()) {
      verb.commandLine().getOut().print(array.text() + "\n" + merge.text());
      return ExitStatus.DONE;
    }
    Slurm cluster = Slurm.find();
    requireNotQueued(cluster);
    int most = cluster.mostTasks();
    if (count > most) {
      throw new IOException(
          count + " shards are more than an array may have here; --shards " + most + " at most");
    }
    OutputOptions.createFolderOf(output);
    if (work.overwrite()) {
      beginAnew();
    }
    Files.createDirectories(logs());
    Path arrayFile = write(verb.name(), array);
    Path mergeFile = write("merge", merge);
    long arrayJob = cluster.submit(arrayFile, List.of());
    long mergeJob = submitAfter(cluster, mergeFile, arrayJob);
    ShardJobs jobs = new ShardJobs(count, work.photographs(), work.settings(), arrayJob, mergeJob);
    jobs.write(folder);
    jobs.print(verb.commandLine().getOut(), json, output, arrayFile, mergeFile, logs());
    return ExitStatus.DONE;
  }

  /** Both jobs or none: an array that nobody joins would be a surprise. */
  private static long submitAfter(Slurm cluster, Path script, long array)
      throws IOException, InterruptedException {
    boolean success = false;
    try {
      long job = cluster.submit(script, List.of(array));
      success = true;
      return job;
    } finally {
      if (!success) {
        cluster.cancel(List.of(new TaskId(array, -1)));
      }
    }
  }

  private void requireNotQueued(Slurm cluster) throws IOException, InterruptedException {
    if (earlier.isEmpty()) {
      return;
    }
    List<Long> jobs = earlier.get().jobs();
    if (cluster.states(jobs).values().stream().anyMatch(TaskState::queued)) {
      String numbers = jobs.get(0) + " " + jobs.get(1);
      throw new IOException(
          output
              + " is being made by the jobs "
              + jobs.get(0)
              + " and "
              + jobs.get(1)
              + "; wait for them, or end them with: scancel "
              + numbers);
    }
  }

  /** Removes all shards, those of an earlier number too, and the output. */
  private void beginAnew() throws IOException {
    List<Path> all = new ArrayList<>(outputs(count));
    earlier.map(ShardJobs::shards).map(this::outputs).ifPresent(all::addAll);
    for (Path path : all) {
      try (RunSettings lock = RunSettings.lock(path)) {
        form.discard(path);
        lock.forget();
      }
    }
  }

  private List<Path> shards(int number) {
    return IntStream.range(0, number)
        .mapToObj(index -> new ShardPlan(index, number).pathOf(output))
        .toList();
  }

  private List<Path> outputs(int number) {
    return Stream.concat(shards(number).stream(), Stream.of(output)).distinct().toList();
  }

  private BatchScript array() {
    List<String> lines = new ArrayList<>();
    work.words().forEach(group -> lines.add(line(group)));
    lines.add("--shard \"$SLURM_ARRAY_TASK_ID/" + count + "\"");
    String name = output.getFileName().toString();
    return script(
        verb.name(),
        List.of(
            String.format(
                Locale.ROOT,
                "instar %s of %,d photographs, a task for each of %,d shards of %s.",
                verb.name(),
                work.photographs(),
                count,
                name),
            "A task that was stopped goes on where it was when it is started again."),
        count,
        slurm.resources(USUAL_TIME, USUAL_CPUS, USUAL_MEMORY),
        verb.name(),
        lines);
  }

  private BatchScript merge() {
    List<String> lines = new ArrayList<>();
    shards(count).forEach(shard -> lines.add(line(List.of(shard.toString()))));
    lines.add(line(List.of("--output", output.toString())));
    Resources tasks = slurm.resources(USUAL_TIME, 1, USUAL_MEMORY);
    return script(
        "merge",
        List.of(
            String.format(Locale.ROOT, "Joins the %,d shards of %s.", count, output.getFileName()),
            "The shards stay; it may run any number of times."),
        0,
        new Resources(
            tasks.partition(),
            tasks.account(),
            tasks.qos(),
            tasks.time(),
            0,
            1,
            tasks.memory(),
            0,
            tasks.extra()),
        String.join(" ", form.joining()),
        lines);
  }

  private BatchScript script(
      String name,
      List<String> comment,
      int tasks,
      Resources resources,
      String command,
      List<String> lines) {
    Map<String, String> variables = new TreeMap<>(Map.of("instar", slurm.instar().toString()));
    List<String> commands = new ArrayList<>();
    if (work.fromHere()) {
      variables.put("from", Path.of("").toAbsolutePath().toString());
      commands.add("cd -- \"$from\"");
    }
    commands.add("\"$instar\" " + command + " \\\n  " + String.join(" \\\n  ", lines));
    return new BatchScript(
        (name + "-" + output.getFileName()).replaceAll("[^\\p{Alnum}._-]", "_"),
        comment,
        tasks,
        resources,
        logs(),
        variables,
        List.of(),
        commands);
  }

  /** An option with its value, or an argument, as bash reads it. */
  private static String line(List<String> group) {
    int last = group.size() - 1;
    return group.size() == 1 && group.get(0).startsWith("--")
        ? group.get(0)
        : (last == 0 ? "" : group.get(0) + " ") + BatchScript.quoted(group.get(last));
  }

  private Path logs() {
    return folder.resolve("logs");
  }

  private Path write(String name, BatchScript script) throws IOException {
    return Files.writeString(folder.resolve(name + ".sbatch"), script.text());
  }
}
