package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.slurm.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

final class SlurmOptionsTest {
  @Command(name = "verb")
  private static final class Verb implements Callable<Boolean> {
    @Mixin private SlurmOptions slurm;

    @Option(names = "--json")
    private boolean json;

    @Override
    public Boolean call() {
      return json;
    }
  }

  @Test
  void whatIsAskedForReachesTheTasksAndTheRestIsAsUsual() {
    Resources asked =
        options(
                "--slurm --partition gpu,long --account ecology --time 2-00:00:00 --gpus 2"
                    + " --max-running 8 --sbatch=--constraint=a100 --sbatch --exclude=n[3-4]")
            .resources("12:00:00", 4, "16G");

    assertThat(asked)
        .isEqualTo(
            new Resources(
                Optional.of("gpu,long"),
                Optional.of("ecology"),
                Optional.empty(),
                Optional.of("2-00:00:00"),
                2,
                4,
                Optional.of("16G"),
                8,
                List.of("--constraint=a100", "--exclude=n[3-4]")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--partition 'a b' | a name without blanks",
        "--time soon | HH:MM:SS",
        "--time 1:2:3:4 | HH:MM:SS",
        "--mem 0 | 16G or 900M",
        "--mem 16GiB | 16G or 900M",
        "--cpus 0 | from 1 on",
        "--sbatch nodes=2 | an option of sbatch",
      })
  void whatSbatchWouldNotTakeIsRefusedHere(String options, String sentence) {
    assertThatThrownBy(() -> options(options))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void noOptionAddsALineToTheScript() {
    Verb verb = new Verb();
    CommandLine line = new CommandLine(verb);

    assertThatThrownBy(() -> line.parseArgs("--sbatch=--comment=a\nrm -r x"))
        .hasMessageContaining("an option of sbatch");
    assertThatThrownBy(() -> line.parseArgs("--account=a\n#SBATCH --b"))
        .hasMessageContaining("without blanks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--time 1:00", "--dry-run", "--gpus 0", "--sbatch --exclusive"})
  void anOptionWithoutSlurmIsAContradiction(String options) {
    assertThat(options(options).contradiction()).contains(options.split(" ")[0] + " needs --slurm");
    assertThat(options("--slurm " + options).contradiction()).isEmpty();
  }

  @Test
  void itKnowsItsOwnOptionsAmongThoseOfTheVerb() {
    assertThat(options("--json").contradiction()).isEmpty();
    assertThat(options("").specs().stream().map(OptionSpec::longestName))
        .contains("--slurm", "--mem", "--sbatch")
        .doesNotContain("--json", "--help");
  }

  @Test
  void theLauncherIsTheOneNamedAndMustBeAProgram(@TempDir Path folder) throws Exception {
    Path program = Files.writeString(folder.resolve("instar"), "#!/bin/sh\n");
    SlurmOptions options = options("--slurm --instar " + program);

    assertThatThrownBy(options::instar).hasMessageContaining("no program that can be started");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(options.instar()).isEqualTo(program);
  }

  private static SlurmOptions options(String arguments) {
    Verb verb = new Verb();
    new CommandLine(verb).parseArgs(arguments.isEmpty() ? new String[0] : arguments.split(" "));
    return verb.slurm;
  }
}
