package dev.instar.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text; {@link BatchScriptRunTest} has what it does. */
final class BatchScriptTest {
  private static final Resources ALL =
      new Resources(
          Optional.of("gpu"),
          Optional.of("def-lab"),
          Optional.of("long"),
          Optional.of("12:00:00"),
          1,
          8,
          Optional.of("16G"),
          4,
          List.of("--constraint=a100"));

  private static BatchScript sweep() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("sweep", "/data/Ann's sweep");
    variables.put("pack", "/data/insects.h5");
    return new BatchScript(
        "insects",
        List.of("72 trainings; instar sweep status says how they are.", ""),
        72,
        ALL,
        Path.of("/data/Ann's sweep/100%/logs"),
        variables,
        List.of("pack"),
        List.of(
            "cells=(a b c)",
            "instar sweep run \"$sweep\" --cell \"${cells[$SLURM_ARRAY_TASK_ID]}\" \\",
            "  --pack \"$pack\""));
  }

  @Test
  void saysOnTopWhatIsAskedForAndAtTheEndWhatIsRun() throws IOException {
    assertThat(sweep().text())
        .isEqualTo(
            """
            #!/usr/bin/env bash
            # 72 trainings; instar sweep status says how they are.
            #
            #SBATCH --job-name=insects
            #SBATCH --array=0-71%4
            #SBATCH --output="/data/Ann's sweep/100%%/logs/%A_%a.log"
            #SBATCH --open-mode=append
            #SBATCH --signal=B:USR1@120
            #SBATCH --requeue
            #SBATCH --partition=gpu
            #SBATCH --account=def-lab
            #SBATCH --qos=long
            #SBATCH --time=12:00:00
            #SBATCH --gres=gpu:1
            #SBATCH --cpus-per-task=8
            #SBATCH --mem=16G
            #SBATCH --constraint=a100
            set -euo pipefail

            logs='/data/Ann'\\''s sweep/100%/logs'
            sweep='/data/Ann'\\''s sweep'
            pack='/data/insects.h5'

            """
                + part("begin.sh")
                + "\n"
                + part("stage.sh")
                + """

                stage pack

                SECONDS=0
                if [[ -n $told ]]; then conclude 75; fi
                cells=(a b c)
                instar sweep run "$sweep" --cell "${cells[$SLURM_ARRAY_TASK_ID]}" \\
                  --pack "$pack" &
                """
                + part("end.sh"));
  }

  @Test
  void asksForNothingThatNobodyAskedFor() {
    assertThat(
            JobScripts.script(Path.of("/logs"), 0, JobScripts.MODEST, "true")
                .text()
                .lines()
                .filter(line -> line.startsWith("#SBATCH")))
        .containsExactly(
            "#SBATCH --job-name=\"instar test\"",
            "#SBATCH --output=/logs/%j.log",
            "#SBATCH --open-mode=append",
            "#SBATCH --signal=B:USR1@120",
            "#SBATCH --requeue");
  }

  @Test
  void leavesShellcheckNothingToSay(@TempDir Path folder) throws Exception {
    Map<String, String> environment = System.getenv();
    assumeTrue(
        SlurmProgram.onPath("shellcheck", environment).isPresent(), "no shellcheck on the PATH");
    Files.writeString(folder.resolve("staged"), sweep().text());
    Files.writeString(
        folder.resolve("plain"), JobScripts.script(folder, 0, JobScripts.MODEST, "true").text());

    SlurmProgram shellcheck =
        SlurmProgram.run(
            List.of(
                "shellcheck",
                // Variables are there for whoever wants them.
                "--exclude=SC2034",
                folder.resolve("staged").toString(),
                folder.resolve("plain").toString()),
            environment,
            60_000_000_000L);

    assertThat(shellcheck.output() + shellcheck.complaint()).isEmpty();
  }

  @Property(tries = 25)
  void givesBashEveryValueAsItIs(@ForAll String value) throws Exception {
    String sendable = value.replace("\0", "").replaceAll("\\p{Cs}", "");
    Path folder = Files.createTempDirectory("script");
    Path script = folder.resolve("script");
    Files.writeString(
        script,
        new BatchScript(
                "name",
                List.of(),
                0,
                JobScripts.MODEST,
                folder,
                Map.of("value", sendable),
                List.of(),
                List.of("printf %s \"$value\" >\"$logs/out\""))
            .text());

    SlurmProgram.run(List.of("bash", script.toString()), System.getenv(), 60_000_000_000L);

    assertThat(Files.readAllBytes(folder.resolve("out")))
        .isEqualTo(sendable.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"main\n#SBATCH --uid=0", "a\rb", "\u0000"})
  void refusesToAskForSeveralLines(String partition) {
    BatchScript script =
        JobScripts.script(Path.of("/logs"), 0, JobScripts.wholeNode(partition, List.of()), "true");
    assertThatThrownBy(script::text)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sbatch takes no line ends: ");
  }

  @Test
  void keepsCommentsOnTheirLines() {
    BatchScript script =
        new BatchScript(
            "n",
            List.of("one\nrm -rf x", "#SBATCH --uid=0"),
            0,
            JobScripts.MODEST,
            Path.of("/logs"),
            Map.of(),
            List.of(),
            List.of("true"));
    assertThat(script.text())
        .startsWith("#!/usr/bin/env bash\n# one rm -rf x\n# #SBATCH --uid=0\n#SBATCH --job");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATH", "a b", "status", "", "x=1", "9"})
  void refusesNamesThatAreNoneOrAreTaken(String name) {
    assertThatThrownBy(
            () ->
                new BatchScript(
                    "n",
                    List.of(),
                    0,
                    JobScripts.MODEST,
                    Path.of("/logs"),
                    Map.of(name, "x"),
                    List.of(),
                    List.of("true")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("variable");
  }

  private static String part(String name) throws IOException {
    try (var stream = BatchScript.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
