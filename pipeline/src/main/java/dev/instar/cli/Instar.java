package dev.instar.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point: finds the verb, runs it, and turns what went wrong into one line and an exit
 * status.
 *
 * <p>Nothing here, and no option of a verb, loads a native library before the verb runs; {@code
 * instar --help} is only classes.
 */
@Command(
    name = "instar",
    description =
        "Turns collections of insect photographs into training-ready packs, and packs into classifiers.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "VERB",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class Instar implements Runnable {
  private static final List<Class<?>> VERBS =
      List.of(
          ConvertCommand.class,
          CropCommand.class,
          InspectCommand.class,
          VerifyCommand.class,
          ExtractCommand.class,
          MergeCommand.class,
          SplitCommand.class,
          SynthCommand.class,
          FetchCommand.class,
          StatsCommand.class,
          MetadataCommand.class,
          PublishCommand.class,
          TrainCommand.class,
          EvaluateCommand.class,
          PredictCommand.class,
          SweepCommand.class,
          ReportCommand.class,
          ModelsCommand.class,
          DemoCommand.class,
          Doctor.class);

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean debug;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    // Numbers look the same everywhere, and a log record is one line.
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
      System.setProperty("java.util.logging.SimpleFormatter.format", "instar: %4$s: %5$s%6$s%n");
    }
    StandardOutput.install();
    StandardError.install();
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(out, err, arguments);
    StopSignal.release();
    System.exit(status);
  }

  /**
   * From now on a signal that no command listens to ends the process without what C++ does at an
   * orderly exit: LibTorch's static objects would go away under a thread that is still computing
   * with them, and about one process in five would end in a crash instead.
   */
  static void endAtOnceWhenTold() {
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signals.handle(
          signal,
          number -> {
            int status = ExitStatus.SIGNALLED + number;
            if (StopSignal.listening()) {
              System.exit(status);
            }
            abandon(status);
          });
    }
  }

  /** Ends the process at once, whatever its threads do, LibTorch's among them. */
  static void abandon(int status) {
    Runtime.getRuntime().halt(status);
  }

  /** Runs one command; {@code out} and {@code err} take what picocli and the verbs print. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine(out, err, arguments).execute(arguments);
  }

  /**
   * The command line with the rules for what goes wrong in any verb. It has all verbs, or only the
   * one that the arguments begin with: looking through the options of each takes 20 ms.
   */
  static CommandLine commandLine(PrintWriter out, PrintWriter err, String... arguments) {
    Instar instar = new Instar();
    CommandLine commandLine = new CommandLine(instar);
    List<Class<?>> named =
        VERBS.stream()
            .filter(verb -> arguments.length > 0 && nameOf(verb).equals(arguments[0]))
            .toList();
    (named.isEmpty() ? VERBS : named)
        .forEach(
            verb ->
                commandLine.addSubcommand(
                    new CommandLine(verb))); // of its own, or no model is transformed
    for (CommandLine verb : commandLine.getSubcommands().values()) {
      // Help lists every option; a synopsis that does too is a screen by itself.
      verb.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    }
    return commandLine
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, given) -> misused(e))
        .setExecutionStrategy(given -> instar.carryOut(given, out, err));
  }

  private static String nameOf(Class<?> verb) {
    return verb.getAnnotation(Command.class).name();
  }

  /**
   * Runs the last verb, or prints the help that was asked for; what is thrown on the way, printing
   * included, ends here.
   */
  private int carryOut(ParseResult given, PrintWriter out, PrintWriter err) {
    try {
      int status = new CommandLine.RunLast().execute(given);
      out.flush();
      return status;
    } catch (ParameterException e) { // a verb found its arguments at odds
      throw e;
    } catch (RuntimeException | Error e) {
      return failed(e, err);
    }
  }

  /** Without a verb there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a verb is missing");
  }

  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("instar: " + Complaint.oneLine(e.getMessage()));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitStatus.USAGE;
  }

  private int failed(Throwable failure, PrintWriter err) {
    if (failure instanceof CommandLine.ExecutionException && failure.getCause() != null) {
      return failed(failure.getCause(), err); // picocli wraps what a verb throws
    }
    if (failure instanceof StandardOutput.ClosedException) {
      return ExitStatus.OUTPUT_CLOSED;
    }
    err.println("instar: " + Complaint.of(failure));
    if (debug) {
      failure.printStackTrace(err);
    }
    return ExitStatus.FAILED;
  }
}
