package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class InstarTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpNamesTheVerbsOnStandardOutput() {
    assertThat(run("--help")).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).contains("Usage: instar").contains("doctor");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void everyVerbHasHelpThatFitsAScreen() {
    run("--help");
    List<String> verbs =
        out.toString()
            .substring(out.toString().indexOf("Verbs:"))
            .lines()
            .filter(line -> line.matches("  [a-z].*"))
            .map(line -> line.strip().split("\\s+")[0])
            .toList();

    assertThat(verbs).isNotEmpty();
    for (String verb : verbs) {
      StringWriter help = new StringWriter();
      int status =
          Instar.run(new PrintWriter(help, true), new PrintWriter(err, true), verb, "--help");
      assertThat(status).as(verb).isEqualTo(ExitStatus.DONE);
      assertThat(help.toString().lines()).as(verb).hasSizeLessThanOrEqualTo(60);
      assertThat(help.toString()).as(verb).contains("Usage: instar " + verb).contains("Examples:");
    }
  }

  @Test
  void versionNamesTheBuildAndTheJavaThatRunsIt() {
    assertThat(run("--version")).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).startsWith("instar ").contains(System.getProperty("java.vendor"));
  }

  @Test
  void aMissingVerbIsAUsageError() {
    assertThat(run()).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).startsWith("instar: a verb is missing").contains("instar --help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMistypedVerbIsAUsageErrorWithASuggestion() {
    assertThat(run("docter")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("docter").contains("Did you mean: instar doctor");
  }

  @Test
  void aMistypedOptionIsAUsageErrorThatNamesTheVerbsHelp() {
    assertThat(run("doctor", "--jsno")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("--jsno").contains("instar doctor --help");
  }

  @Test
  void aFailureIsOneLineAndShowsItsTraceOnlyForDebugging() {
    assertThat(runFailing(new NoSuchFileException("a.h5"))).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).isEqualToIgnoringNewLines("instar: no such file: a.h5");

    assertThat(runFailing(new NoSuchFileException("a.h5"), "--debug")).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).contains("\tat ");
  }

  @Test
  void anErrorOfTheJvmIsAFailureLikeAnyOther() {
    assertThat(runFailing(new OutOfMemoryError("Java heap space"))).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).startsWith("instar: out of memory").hasLineCount(1);
  }

  @Test
  void theStatusOfAVerbIsTheStatusOfTheProcess() {
    int status = with(() -> ExitStatus.QUARANTINED).execute("verb");

    assertThat(status).isEqualTo(ExitStatus.QUARANTINED);
  }

  @Test
  void aClosedStandardOutputEndsItWithoutAWord() {
    OutputStream closed = new StandardOutput(failing("Broken pipe"));

    int status =
        Instar.run(
            new PrintWriter(closed, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            "--help");

    assertThat(status).isEqualTo(ExitStatus.OUTPUT_CLOSED);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFullDiskBelowStandardOutputIsAFailure() {
    OutputStream full = new StandardOutput(failing("No space left on device"));

    int status =
        Instar.run(
            new PrintWriter(full, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true),
            "--help");

    assertThat(status).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "instar: cannot write to standard output: No space left on device");
  }

  @Test
  void helpLoadsNeitherNativeBindingsNorJsonNorLogging() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.instar.cli.Instar",
                "--help"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(log).contains("dev.instar.cli.Instar").contains("Usage: instar");
    assertThat(log.lines())
        .noneMatch(line -> line.contains(" org.bytedeco."))
        .noneMatch(line -> line.contains(" com.fasterxml.jackson.databind."))
        .noneMatch(line -> line.contains(" java.util.logging."));
  }

  private int runFailing(Throwable failure, String... options) {
    Callable<Integer> failing =
        () -> {
          if (failure instanceof Error error) {
            throw error;
          }
          throw (Exception) failure;
        };
    List<String> arguments = new ArrayList<>(List.of("verb"));
    arguments.addAll(List.of(options));
    return with(failing).execute(arguments.toArray(String[]::new));
  }

  private CommandLine with(Callable<Integer> action) {
    return Instar.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .addSubcommand("verb", new Verb(action));
  }

  @Command
  private record Verb(Callable<Integer> action) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return action.call();
    }
  }

  private int run(String... arguments) {
    return Instar.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
