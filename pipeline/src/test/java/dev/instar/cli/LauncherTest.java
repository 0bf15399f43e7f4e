package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher with JDKs and builds that only record how they were called. */
final class LauncherTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

  /**
   * Prints its process, two variables and its arguments; where told to make a class archive, makes
   * one.
   */
  private static final String RECORDING_JAVA =
      """
      #!/bin/bash
      for argument in "$@"; do
        case $argument in -XX:ArchiveClassesAtExit=*) echo classes >"${argument#*=}"; echo dumped >>"$DUMPS"; exit ;; esac
      done
      echo "pid=$$"
      echo "java=${BASH_SOURCE[0]}"
      echo "arenas=$MALLOC_ARENA_MAX"
      echo "locale=${LC_ALL:-}"
      printf '[%s]\\n' "$@"
      exit 3
      """;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path installation;

  private record Outcome(long pid, int status, List<String> out, String err) {
    String value(String name) {
      return out.stream()
          .filter(l -> l.startsWith(name + "="))
          .findFirst()
          .orElseThrow()
          .substring(name.length() + 1);
    }
  }

  @BeforeEach
  void install() throws IOException {
    installation = Files.createDirectories(folder.resolve("an installed instar"));
    copyLauncher(installation);
    write(installation.resolve("lib/instar.jar"), "");
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("JAVA_HOME", jdk("my jdk", "17.0.15").toString());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("DUMPS", folder.resolve("dumps").toString());
    environment.put("INSTAR_NO_INSTALL", "1");
  }

  @Test
  void becomesJavaWithTheArgumentsAsTheyWereGiven() throws Exception {
    Outcome outcome = launch("convert", "a b", "", "*.jpg");

    assertThat(outcome.out())
        .endsWith(
            "[-jar]",
            "[" + installation + "/lib/instar.jar]",
            "[convert]",
            "[a b]",
            "[]",
            "[*.jpg]");
    assertThat(outcome.value("pid")).isEqualTo(Long.toString(outcome.pid()));
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void turnsOffWhatJavaCppDoesBehindTheOwnersBack() throws Exception {
    assertThat(launch().out())
        .contains(
            "[-Dorg.bytedeco.javacpp.nopointergc=true]",
            "[-Dorg.bytedeco.javacpp.maxBytes=0]",
            "[-Dorg.bytedeco.javacpp.maxPhysicalBytes=0]",
            "[-Dorg.bytedeco.javacpp.cachedir=" + folder + "/cache/instar]");
  }

  @Test
  void limitsMallocArenasUnlessToldOtherwise() throws Exception {
    assertThat(launch().value("arenas")).isEqualTo("2");

    environment.put("MALLOC_ARENA_MAX", "8");
    assertThat(launch().value("arenas")).isEqualTo("8");
  }

  @Test
  void givesAJobWithoutALocaleUtf8() throws Exception {
    assertThat(launch().value("locale")).isEqualTo("C.UTF-8");

    environment.put("LANG", "de_CH.utf8");
    assertThat(launch().value("locale")).isEmpty();
  }

  @Test
  void passesOverAJavaHomeThatIsTooOld() throws Exception {
    environment.put("JAVA_HOME", jdk("old", "1.8.0_402").toString());
    Path recent = jdk("recent", "21.0.4");
    environment.put("PATH", recent + "/bin:" + System.getenv("PATH"));

    assertThat(launch().value("java")).isEqualTo(recent + "/bin/java");
  }

  @Test
  void findsJavaBelowTheHomeFolderOfSdkman() throws Exception {
    environment.remove("JAVA_HOME");
    Path kept = jdk("home/.sdkman/candidates/java/17.0.9-tem", "17.0.9");

    assertThat(
            toolchain(
                    "jvm_folders=; PATH=/nowhere; find_java java; echo \"$java_home $java_feature\"")
                .out())
        .containsExactly(kept + " 17");
  }

  @Test
  void asksAJdkWithoutAReleaseFileForItsVersion() throws Exception {
    Path jdk = jdk("plain", "unused");
    Files.delete(jdk.resolve("release"));
    write(jdk.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"19.0.1\" 2022-10-18' >&2\n");
    environment.put("JAVA_HOME", jdk.toString());

    assertThat(toolchain("find_java java; echo $java_feature").out()).containsExactly("19");
  }

  @Test
  void saysHowToInstallAJdkWhereThereIsNone() throws Exception {
    Path old = jdk("old", "11.0.2");
    write(old.resolve("bin/javac"), "");
    environment.put("JAVA_HOME", old.toString());
    write(folder.resolve("tools/apt-get"), "#!/bin/sh\n");

    Outcome outcome =
        toolchain("jvm_folders=; PATH='" + folder.resolve("tools") + "'; need_java javac");

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.err())
        .contains("no JDK 17")
        .contains("Java 11 in ")
        .contains("apt-get install -y openjdk-17-jdk-headless");
  }

  @Test
  void takesTheCoresThatSlurmGaveButNoMoreThanTheAffinityMask() throws Exception {
    environment.put("OMP_NUM_THREADS", "64");
    environment.put("SLURM_CPUS_PER_TASK", "1");
    assertThat(launch().out()).contains("[-XX:ActiveProcessorCount=1]");

    environment.put("SLURM_CPUS_PER_TASK", "4096");
    assertThat(launch().out())
        .contains("[-XX:ActiveProcessorCount=" + Runtime.getRuntime().availableProcessors() + "]");

    environment.put("SLURM_CPUS_PER_TASK", "all");
    assertThat(launch().out()).noneMatch(line -> line.contains("ActiveProcessorCount"));
  }

  @Test
  void addsTheOptionsOfTheUserLast() throws Exception {
    environment.put("INSTAR_JAVA_OPTS", "-Xmx3g  -Dkey=value");

    List<String> out = launch().out();

    assertThat(out).containsSubsequence("[-Xmx512m]", "[-Xmx3g]", "[-Dkey=value]", "[-jar]");
  }

  @Test
  void startsThroughAChainOfSymbolicLinks() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("absolute"), installation.resolve("instar"));
    Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));

    assertThat(run(bin, "./relative").out()).contains("[" + installation + "/lib/instar.jar]");
  }

  @Test
  void prefersTheJobsOwnDiskForItsCache() throws Exception {
    environment.put("SLURM_TMPDIR", folder.resolve("job").toString());

    assertThat(cache(launch())).isEqualTo(folder + "/job/instar");
  }

  @Test
  void takesNoCacheThatIsAFileOrALinkThatSomeoneElseMayHaveLaid() throws Exception {
    write(folder.resolve("cache"), "a file");
    Files.createDirectories(folder.resolve("home/.cache"));
    Files.createSymbolicLink(folder.resolve("home/.cache/instar"), folder);
    environment.put("TMPDIR", folder.resolve("tmp").toString());

    assertThat(cache(launch())).startsWith(folder + "/tmp/instar-");
  }

  @Test
  void makesTheClassArchiveOnceAndAgainForNewJars() throws Exception {
    List<String> first = launch().out();
    launch();
    assertThat(first).anyMatch(line -> line.startsWith("[-XX:SharedArchiveFile=" + folder));
    assertThat(dumps()).isEqualTo(1);

    Files.setLastModifiedTime(
        installation.resolve("lib/instar.jar"), FileTime.from(Instant.now().plusSeconds(5)));
    launch();
    assertThat(dumps()).isEqualTo(2);
  }

  @Test
  void startsWithoutAClassArchiveWhereNoneCanBeMadeAndTriesOnlyOnce() throws Exception {
    Path jdk = jdk("other", "17.0.1");
    write(
        jdk.resolve("bin/java"),
        RECORDING_JAVA
            .replace("echo classes >\"${argument#*=}\";", "")
            .replace("exit ;;", "exit 1 ;;"));
    environment.put("JAVA_HOME", jdk.toString());

    launch();
    Outcome second = launch();

    assertThat(second.status()).isEqualTo(3);
    assertThat(second.out()).noneMatch(line -> line.contains("SharedArchiveFile"));
    assertThat(dumps()).isEqualTo(1);
  }

  @Test
  void permitsNativeCodeToNewerJvmsWithoutWarnings() throws Exception {
    environment.put("JAVA_HOME", jdk("newer", "25").toString());

    assertThat(launch().out()).contains("[--sun-misc-unsafe-memory-access=allow]");
  }

  @Test
  void saysThatAnIncompleteInstallationIsIncomplete() throws Exception {
    Files.delete(installation.resolve("lib/instar.jar"));

    Outcome outcome = launch();

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("not complete");
  }

  @Test
  void buildsACheckoutOnlyWhereSourcesAreNewer() throws Exception {
    Path checkout =
        checkout(
            "mkdir -p pipeline/target/lib && echo built >>builds && touch pipeline/target/lib/instar.jar");

    assertThat(run(checkout, "./instar").err()).contains("building");
    assertThat(run(checkout, "./instar").err()).isEmpty();
    assertThat(checkout.resolve("builds")).hasContent("built");

    Files.setLastModifiedTime(
        checkout.resolve("pipeline/target/lib/instar.jar"), FileTime.from(Instant.EPOCH));
    assertThat(run(checkout, "./instar").status()).isEqualTo(3);
    assertThat(checkout.resolve("builds")).hasContent("built\nbuilt");
  }

  @Test
  void buildsOnceWhenTwoStartAtOnce() throws Exception {
    Path checkout =
        checkout(
            "sleep 1; mkdir -p pipeline/target/lib && echo built >>builds && touch pipeline/target/lib/instar.jar");
    Process first = start(checkout, "./instar");
    Process second = start(checkout, "./instar");

    assertThat(outcome(first).status()).isEqualTo(3);
    assertThat(outcome(second).status()).isEqualTo(3);
    assertThat(checkout.resolve("builds")).hasContent("built");
  }

  @Test
  void showsTheEndOfAFailedBuild() throws Exception {
    Path checkout = checkout("echo '[ERROR] no such symbol'; exit 1");

    Outcome outcome = run(checkout, "./instar");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("no such symbol").contains("the build failed");
  }

  private Path checkout(String build) throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("a checkout"));
    copyLauncher(checkout);
    write(checkout.resolve("pom.xml"), "<project/>");
    for (String module : List.of("native-bindings", "cuda", "pipeline")) {
      write(checkout.resolve(module).resolve("pom.xml"), "<project/>");
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
    }
    write(checkout.resolve("mvnw"), "#!/bin/bash\n" + build + "\n");
    write(Path.of(environment.get("JAVA_HOME")).resolve("bin/javac"), "#!/bin/sh\n");
    return checkout;
  }

  private static void copyLauncher(Path target) throws IOException {
    write(target.resolve("instar"), Files.readString(REPOSITORY.resolve("instar")));
    write(
        target.resolve("launcher/toolchain.sh"),
        Files.readString(REPOSITORY.resolve("launcher/toolchain.sh")));
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    write(jdk.resolve("bin/java"), RECORDING_JAVA);
    write(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long dumps() throws IOException {
    return Files.readAllLines(folder.resolve("dumps")).size();
  }

  private static String cache(Outcome outcome) {
    String property = "[-Dorg.bytedeco.javacpp.cachedir=";
    String line =
        outcome.out().stream().filter(l -> l.startsWith(property)).findFirst().orElseThrow();
    return line.substring(property.length(), line.length() - 1);
  }

  private Outcome launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(installation.resolve("instar").toString()));
    command.addAll(List.of(arguments));
    return run(folder, command.toArray(String[]::new));
  }

  private Outcome toolchain(String script) throws Exception {
    return run(REPOSITORY, "/bin/sh", "-c", ". launcher/toolchain.sh; " + script);
  }

  private Outcome run(Path directory, String... command) throws Exception {
    return outcome(start(directory, command));
  }

  private Process start(Path directory, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Outcome outcome(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.pid(), process.exitValue(), out.lines().toList(), err);
  }
}
