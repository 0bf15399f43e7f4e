package dev.instar.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.instar.testing.SlurmCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script does, without a cluster: bash, and programs in place of Slurm's. */
final class BatchScriptRunTest {
  @TempDir Path folder;

  private FakePrograms programs;
  private Path log;
  private final List<Path> elsewhere = new ArrayList<>();

  @BeforeEach
  void programs() throws IOException {
    programs = new FakePrograms(Files.createDirectory(folder.resolve("bin")));
    programs.program("scontrol", "echo \"$*\" >>" + folder + "/scontrol");
    programs.program("squeue", "echo RUNNING None");
    log = folder.resolve("log");
  }

  @AfterEach
  void tidy() throws IOException {
    for (Path other : elsewhere) {
      try (Stream<Path> files = Files.walk(other)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Process start(BatchScript script, Map<String, String> more) throws IOException {
    Path file = folder.resolve("script");
    Files.writeString(file, script.text());
    ProcessBuilder builder = new ProcessBuilder("bash", file.toString());
    builder.environment().clear();
    builder.environment().putAll(programs.environment());
    builder.environment().putAll(Map.of("SLURM_ARRAY_JOB_ID", "12", "SLURM_ARRAY_TASK_ID", "3"));
    builder.environment().putAll(more);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  private int run(String... command) throws Exception {
    return end(start(JobScripts.script(folder, 9, JobScripts.MODEST, command), Map.of()));
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the script ends").isTrue();
    return process.exitValue();
  }

  private void awaitLine(String text) throws InterruptedException {
    SlurmCluster.await(text, Duration.ofSeconds(30), () -> log().contains(text));
  }

  private String log() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid())).start().waitFor();
  }

  @Test
  void endsAsTheCommandDoes() throws Exception {
    assertThat(run("echo done")).isZero();
    assertThat(run("bash -c 'exit 41'")).isEqualTo(41);
    assertThat(log())
        .contains("done\n")
        .contains("task 12_3 on ")
        .contains("exit status 41 after ");
    assertThat(folder.resolve("scontrol")).doesNotExist();
  }

  @Test
  void callsItDoneThoughSomeRecordsWereLeftOut() throws Exception {
    assertThat(run("bash -c 'exit 3'")).isZero();
    assertThat(log()).contains("some records left out");
  }

  @Test
  void requeuesItsOwnTaskIfTheCommandWantsToBeRunAgainButNotForEver() throws Exception {
    for (int run = 0; run < 3; run++) {
      assertThat(run("bash -c 'exit 75'")).isEqualTo(75);
    }

    assertThat(folder.resolve("scontrol")).hasContent("requeue 12_3\nrequeue 12_3\n");
    assertThat(log()).contains("stopped three times within a minute of its start: not tried again");
  }

  @Test
  void countsAnewAfterARunThatWasWorthIt() throws Exception {
    for (String command : List.of("exit 75", "exit 75", "exit 0", "exit 75", "exit 75")) {
      run("bash -c '" + command + "'");
    }
    // As a run of more than a minute does.
    run("SECONDS=100; bash -c 'exit 75'");
    run("bash -c 'exit 75'");

    assertThat(folder.resolve("scontrol")).hasContent("requeue 12_3\n".repeat(6));
  }

  @Test
  void saysSoWhereRequeueingIsRefused() throws Exception {
    programs.program("scontrol", "echo 'Requested operation is presently disabled' >&2; exit 1");

    assertThat(run("bash -c 'exit 75'")).isEqualTo(75);
    assertThat(log()).contains("presently disabled").contains("not requeued: submit it again");
  }

  @Test
  void passesTheWarningOnAndWaitsUntilTheCommandHasReallyEnded() throws Exception {
    Process script =
        start(
            JobScripts.script(
                folder,
                9,
                JobScripts.MODEST,
                "bash -c 'trap \"echo warned; told=yes\" USR1; echo ready; until [[ ${told:-} ]]; do sleep 0.1; done; sleep 0.5; echo saved; exit 75'"),
            Map.of());
    awaitLine("ready");

    signal(script, "USR1");

    assertThat(end(script)).isEqualTo(75);
    assertThat(log())
        .containsSubsequence("SIGUSR1, passed on", "warned", "saved", "exit status 75");
    assertThat(folder.resolve("scontrol")).hasContent("requeue 12_3\n");
  }

  @Test
  void triesAgainWhatWasWarnedBeforeItCouldListen() throws Exception {
    Process script =
        start(
            JobScripts.script(
                folder,
                9,
                JobScripts.MODEST,
                "echo ready",
                "exec_sleep() { exec sleep 30; }",
                "exec_sleep"),
            Map.of());
    awaitLine("ready");

    signal(script, "USR1");

    assertThat(end(script)).isEqualTo(138);
    assertThat(folder.resolve("scontrol")).hasContent("requeue 12_3\n");
  }

  @Test
  void leavesWhatWasCancelledOrPreemptedToSlurm() throws Exception {
    programs.program("squeue", "echo COMPLETING None");

    assertThat(terminated()).isEqualTo(75);
    assertThat(log()).contains("saved").contains("Slurm calls it COMPLETING None: not requeued");
    assertThat(folder.resolve("scontrol")).doesNotExist();
  }

  @Test
  void requeuesWhatWasStillAtWorkWhenItsTimeWasUp() throws Exception {
    programs.program("squeue", "[[ $* == *--jobs=12_3* ]] && echo COMPLETING TimeLimit");

    assertThat(terminated()).isEqualTo(75);
    assertThat(folder.resolve("scontrol")).hasContent("requeue 12_3\n");
  }

  private int terminated() throws Exception {
    Process script =
        start(
            JobScripts.script(
                folder,
                9,
                JobScripts.MODEST,
                "bash -c 'trap \"echo saved; exit 75\" TERM; echo ready; while :; do sleep 0.1; done'"),
            Map.of());
    awaitLine("ready");
    signal(script, "TERM");
    return end(script);
  }

  /** A folder on another disk than the tests' own. */
  private Path local() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)),
        "no second file system: /dev/shm");
    Path local = Files.createTempDirectory(memory, "instar-test");
    elsewhere.add(local);
    return local;
  }

  private BatchScript staging(Path file) {
    return new BatchScript(
        "n",
        List.of(),
        9,
        JobScripts.MODEST,
        folder,
        Map.of("file", file.toString()),
        List.of("file"),
        List.of("{ echo \"reads $file\"; cat \"$file\"; }"));
  }

  private Path source() throws IOException {
    Path source = folder.resolve("it's a pack.h5");
    Files.writeString(source, "photographs\n");
    return source;
  }

  private static Path copy(Path local) throws IOException {
    try (Stream<Path> files = Files.walk(local)) {
      return files.filter(file -> file.endsWith("it's a pack.h5")).findFirst().orElseThrow();
    }
  }

  @Test
  void readsACopyOnTheNodesOwnDiskAndFindsItAgain() throws Exception {
    Path local = local();
    Map<String, String> node = Map.of("SLURM_TMPDIR", local.toString());

    assertThat(end(start(staging(source()), node))).isZero();
    assertThat(end(start(staging(source()), node))).isZero();

    assertThat(log()).containsOnlyOnce("copying ").containsOnlyOnce("is there already, and good");
    assertThat(log().split("reads " + copy(local) + "\nphotographs\n", -1)).hasSize(3);
  }

  @Test
  void copiesOnceForTwoTasksAtTheSameTime() throws Exception {
    Map<String, String> node = Map.of("SLURM_TMPDIR", local().toString());
    programs.program("tee", "sleep 0.5; exec /usr/bin/tee \"$@\"");
    Process one = start(staging(source()), node);
    Process other = start(staging(folder.resolve("it's a pack.h5")), node);

    assertThat(end(one)).isZero();
    assertThat(end(other)).isZero();

    assertThat(log()).containsOnlyOnce("copying ").containsOnlyOnce("is there already, and good");
  }

  @Test
  void replacesACopyThatWasDamagedSince() throws Exception {
    Path local = local();
    Map<String, String> node = Map.of("SLURM_TMPDIR", local.toString());
    Path source = source();
    end(start(staging(source), node));
    Files.writeString(copy(local), "phot0graphs\n");

    assertThat(end(start(staging(source), node))).isZero();

    assertThat(copy(local)).hasContent("photographs\n");
    assertThat(log()).doesNotContain("phot0graphs").doesNotContain("and good");
  }

  @Test
  void copiesAgainWhatHasChanged() throws Exception {
    Map<String, String> node = Map.of("SLURM_TMPDIR", local().toString());
    Path source = source();
    end(start(staging(source), node));
    Files.writeString(source, "other pictures\n");

    assertThat(end(start(staging(source), node))).isZero();

    assertThat(log()).doesNotContain("and good").contains("other pictures\n");
  }

  @Test
  void readsTheFileWhereItIsIfItsCopyIsDamaged() throws Exception {
    programs.program("tee", "/usr/bin/tee \"$@\"; echo more >>\"${@: -1}\"");
    Path source = source();

    assertThat(end(start(staging(source), Map.of("SLURM_TMPDIR", local().toString())))).isZero();

    assertThat(log()).contains("is damaged").contains("reads " + source + "\nphotographs\n");
  }

  @Test
  void readsTheFileWhereItIsIfThereIsNoRoom() throws Exception {
    programs.program("df", "echo Avail; echo 10");
    Path source = source();

    assertThat(end(start(staging(source), Map.of("SLURM_TMPDIR", local().toString())))).isZero();

    assertThat(log()).contains("12 bytes, of which 10 are free").contains("reads " + source + "\n");
  }

  @Test
  void readsTheFileWhereItIsIfThatIsLocalOrNothingElseIs() throws Exception {
    Path source = source();

    assertThat(end(start(staging(source), Map.of()))).isZero();
    assertThat(end(start(staging(source), Map.of("SLURM_TMPDIR", folder.toString())))).isZero();
    assertThat(end(start(staging(source), Map.of("SLURM_TMPDIR", folder + "/none")))).isZero();

    assertThat(log())
        .contains("no $SLURM_TMPDIR here")
        .contains("is on the disk of $SLURM_TMPDIR already")
        .contains("no folder " + folder + "/none");
    assertThat(log().split("reads " + source + "\nphotographs\n", -1)).hasSize(4);
  }

  @Test
  void doesNotBeginWhatWasWarnedWhileItsFilesWereCopied() throws Exception {
    programs.program("tee", "touch " + folder + "/copying; sleep 1; exec /usr/bin/tee \"$@\"");
    Process script = start(staging(source()), Map.of("SLURM_TMPDIR", local().toString()));
    SlurmCluster.await(
        "copying", Duration.ofSeconds(30), () -> Files.exists(folder.resolve("copying")));

    signal(script, "USR1");

    assertThat(end(script)).isEqualTo(75);
    assertThat(log()).doesNotContain("reads ");
    assertThat(folder.resolve("scontrol")).hasContent("requeue 12_3\n");
  }
}
