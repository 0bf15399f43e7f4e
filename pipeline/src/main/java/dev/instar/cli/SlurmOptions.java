package dev.instar.cli;

import dev.instar.slurm.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Whether Slurm does the work, and what its tasks ask for. */
final class SlurmOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  @Option(names = "--slurm", description = "Let a Slurm array do it; of what follows, each task's:")
  private boolean slurm;

  @Option(
      names = "--partition",
      paramLabel = "NAME",
      converter = Word.class,
      description = "As sbatch takes it, like --account and --qos.")
  private String partition;

  @Option(names = "--account", paramLabel = "NAME", converter = Word.class)
  private String account;

  @Option(names = "--qos", paramLabel = "NAME", converter = Word.class)
  private String qos;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = Time.class,
      description = "30 (minutes), 12:00:00, 2-00:00:00.")
  private String time;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Cores.")
  private Integer cpus;

  @Option(
      names = "--mem",
      paramLabel = "SIZE",
      converter = Memory.class,
      description = "Memory: 16G, 900M.")
  private String memory;

  @Option(
      names = "--gpus",
      paramLabel = "N",
      converter = Converters.Count.class,
      description = "GPUs (0).")
  private int gpus;

  @Option(
      names = "--max-running",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Tasks at a time (as many as Slurm starts).")
  private Integer maxRunning;

  @Option(
      names = "--sbatch",
      paramLabel = "LINE",
      converter = Line.class,
      description = "Another line for sbatch: --sbatch=--constraint=a100")
  private List<String> lines = new ArrayList<>();

  @Option(
      names = "--instar",
      paramLabel = "FILE",
      description = "The launcher on the nodes (the one used here).")
  private Path instar;

  @Option(names = "--dry-run", description = "Print the script; submit nothing.")
  private boolean dryRun;

  /** Whether Slurm is to do it. */
  boolean asked() {
    return slurm;
  }

  /** Whether the script is only to be shown. */
  boolean dryRun() {
    return dryRun;
  }

  /** These options as the verb has them, for verbs that hand its other arguments on. */
  List<OptionSpec> specs() {
    return verb.mixins().values().stream()
        .filter(mixin -> mixin.userObject() == this)
        .flatMap(mixin -> mixin.options().stream())
        .toList();
  }

  /** What is at odds among these options, if anything. */
  Optional<String> contradiction() {
    if (slurm) {
      return Optional.empty();
    }
    return specs().stream()
        .map(OptionSpec::longestName)
        .filter(name -> verb.commandLine().getParseResult().hasMatchedOption(name))
        .findFirst()
        .map(name -> name + " needs --slurm");
  }

  /**
   * What each task asks for.
   *
   * @param usualTime unless the user says otherwise; likewise the others
   */
  Resources resources(String usualTime, int usualCpus, String usualMemory) {
    return new Resources(
        Optional.ofNullable(partition),
        Optional.ofNullable(account),
        Optional.ofNullable(qos),
        Optional.of(time != null ? time : usualTime),
        gpus,
        cpus != null ? cpus : usualCpus,
        Optional.of(memory != null ? memory : usualMemory),
        maxRunning != null ? maxRunning : 0,
        lines);
  }

  /**
   * The launcher that tasks start; absolute.
   *
   * @throws ParameterException if none is known, or there is none
   */
  Path instar() {
    Path launcher =
        Optional.ofNullable(instar)
            .or(Launcher::path)
            .orElseThrow(() -> misused("say what the nodes are to start: --instar FILE"))
            .toAbsolutePath()
            .normalize();
    if (!Files.isExecutable(launcher) || Files.isDirectory(launcher)) {
      throw misused(launcher + " is no program that can be started; name the launcher: --instar");
    }
    return launcher;
  }

  private ParameterException misused(String message) {
    return new ParameterException(verb.commandLine(), message);
  }

  /** What sbatch takes, and nothing that could add another line to the script. */
  private abstract static class Matching implements ITypeConverter<String> {
    private final Pattern pattern;
    private final String form;

    Matching(String pattern, String form) {
      this.pattern = Pattern.compile(pattern);
      this.form = form;
    }

    @Override
    public String convert(String text) {
      if (!pattern.matcher(text).matches()) {
        throw new TypeConversionException("'" + text + "'; write " + form);
      }
      return text;
    }
  }

  /** The name of a partition and its like; several with commas. */
  static final class Word extends Matching {
    Word() {
      super("[\\p{Alnum}._,@%+=:/-]+", "a name without blanks");
    }
  }

  /** Minutes and the other forms of sbatch's manual page. */
  static final class Time extends Matching {
    Time() {
      super(
          "[0-9]+(:[0-9]{1,2}){0,2}|[0-9]+-[0-9]{1,2}(:[0-9]{1,2}){0,2}",
          "minutes, HH:MM:SS or DAYS-HH:MM:SS");
    }
  }

  /** Megabytes, or with a unit. */
  static final class Memory extends Matching {
    Memory() {
      super("[1-9][0-9]{0,9}[KMGTkmgt]?", "a size such as 16G or 900M");
    }
  }

  /** An option of sbatch. */
  static final class Line extends Matching {
    Line() {
      super("-[^\\p{Cntrl}]+", "an option of sbatch, such as --constraint=a100");
    }
  }
}
