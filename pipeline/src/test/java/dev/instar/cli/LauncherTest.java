package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher with JDKs and builds that only record how they were called. */
final class LauncherTest {
  private static final String BUILD =
      "mkdir -p pipeline/target/lib && echo built >>builds && touch pipeline/target/lib/instar.jar";

  @TempDir private Path folder;
  private FakeMachine machine;
  private Path installation;

  @BeforeEach
  void install() throws IOException {
    machine = new FakeMachine(folder);
    installation = Files.createDirectories(folder.resolve("an installed instar"));
    copyLauncher(installation);
    FakeMachine.write(installation.resolve("lib/instar.jar"), "");
  }

  @Test
  void becomesJavaWithTheArgumentsAsTheyWereGiven() throws Exception {
    FakeMachine.Outcome outcome = launch("convert", "a b", "", "*.jpg");

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
            "[-Dorg.bytedeco.javacpp.maxPhysicalBytes=0]");
  }

  @Test
  void aConversionGetsTheBetterCompilerOnlyWhereItLooksForInsects() throws Exception {
    String quick = "[-XX:TieredStopAtLevel=1]";

    assertThat(launch("convert", "a", "-o", "b.h5", "--crop", "boxes.csv").out()).contains(quick);
    assertThat(launch("convert", "contrasts").out()).contains(quick);
    assertThat(launch("convert", "a", "--crop", "contrast").out()).doesNotContain(quick);
    assertThat(launch("convert", "--crop=contrast", "a").out()).doesNotContain(quick);
    assertThat(launch("convert", "a", "--skip=empty").out()).doesNotContain(quick);
  }

  @Test
  void limitsMallocArenasUnlessToldOtherwise() throws Exception {
    assertThat(launch().value("arenas")).isEqualTo("2");

    machine.environment().put("MALLOC_ARENA_MAX", "8");
    assertThat(launch().value("arenas")).isEqualTo("8");
  }

  @Test
  void givesAJobWithoutALocaleUtf8() throws Exception {
    assertThat(launch().value("locale")).isEqualTo("C.UTF-8");

    machine.environment().put("LANG", "de_CH.utf8");
    assertThat(launch().value("locale")).isEmpty();
  }

  @Test
  void passesOverAJavaHomeThatIsTooOld() throws Exception {
    machine.environment().put("JAVA_HOME", machine.jdk("old", "1.8.0_402").toString());
    Path recent = machine.jdk("recent", "21.0.4");
    machine.environment().put("PATH", recent + "/bin:" + System.getenv("PATH"));

    assertThat(launch().value("java")).isEqualTo(recent + "/bin/java");
  }

  @Test
  void findsJavaBelowTheHomeFolderOfSdkman() throws Exception {
    machine.environment().remove("JAVA_HOME");
    Path kept = machine.jdk("home/.sdkman/candidates/java/17.0.9-tem", "17.0.9");

    assertThat(
            toolchain(
                    "jvm_folders=; PATH=/nowhere; find_java java; echo \"$java_home $java_feature\"")
                .out())
        .containsExactly(kept + " 17");
  }

  @Test
  void asksAJdkWithoutAReleaseFileForItsVersion() throws Exception {
    Path jdk = machine.jdk("plain", "unused");
    Files.delete(jdk.resolve("release"));
    FakeMachine.write(
        jdk.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"19.0.1\" 2022-10-18' >&2\n");
    machine.environment().put("JAVA_HOME", jdk.toString());

    assertThat(toolchain("find_java java; echo $java_feature").out()).containsExactly("19");
  }

  @Test
  void saysHowToInstallAJdkWhereThereIsNone() throws Exception {
    Path old = machine.jdk("old", "11.0.2");
    FakeMachine.write(old.resolve("bin/javac"), "");
    machine.environment().put("JAVA_HOME", old.toString());
    FakeMachine.write(folder.resolve("tools/apt-get"), "#!/bin/sh\n");

    FakeMachine.Outcome outcome =
        toolchain("jvm_folders=; PATH='" + folder.resolve("tools") + "'; need_java javac");

    assertThat(outcome.status()).isNotZero();
    assertThat(outcome.err())
        .contains("no JDK 17")
        .contains("Java 11 in ")
        .contains("apt-get install -y openjdk-17-jdk-headless");
  }

  @Test
  void takesTheCoresThatSlurmGaveButNoMoreThanTheAffinityMask() throws Exception {
    machine.environment().put("OMP_NUM_THREADS", "64");
    machine.environment().put("SLURM_CPUS_PER_TASK", "1");
    assertThat(launch().out()).contains("[-XX:ActiveProcessorCount=1]");

    machine.environment().put("SLURM_CPUS_PER_TASK", "4096");
    assertThat(launch().out())
        .contains("[-XX:ActiveProcessorCount=" + Runtime.getRuntime().availableProcessors() + "]");

    machine.environment().put("SLURM_CPUS_PER_TASK", "all");
    assertThat(launch().out()).noneMatch(line -> line.contains("ActiveProcessorCount"));
  }

  @Test
  void addsTheOptionsOfTheUserLast() throws Exception {
    machine.environment().put("INSTAR_JAVA_OPTS", "-Xmx3g  -Dkey=value");

    List<String> out = launch().out();

    assertThat(out).containsSubsequence("[-Xmx512m]", "[-Xmx3g]", "[-Dkey=value]", "[-jar]");
  }

  @Test
  void startsThroughAChainOfSymbolicLinks() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("absolute"), installation.resolve("instar"));
    Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));

    assertThat(machine.run(bin, "./relative").out())
        .contains("[" + installation + "/lib/instar.jar]");
  }

  @Test
  void prefersTheJobsOwnDiskForItsCache() throws Exception {
    assertThat(cache(launch())).startsWith(folder + "/cache/instar-");

    machine.environment().put("SLURM_TMPDIR", folder.resolve("job").toString());
    assertThat(cache(launch())).startsWith(folder + "/job/instar-");
  }

  @Test
  void keepsTheCachesOfTwoInstallationsApart() throws Exception {
    String first = cache(launch());
    Path other = Files.createDirectories(folder.resolve("other"));
    copyLauncher(other);
    FakeMachine.write(other.resolve("lib/instar.jar"), "");

    assertThat(cache(machine.run(other, "./instar")))
        .isNotEqualTo(first)
        .startsWith(folder.toString());
  }

  @Test
  void forgetsNativeCodeThatWasUnpackedFromAnOlderBuild() throws Exception {
    Path unpacked = Path.of(cache(launch())).resolve("native-bindings-1.jar/core.so");
    FakeMachine.write(unpacked, "code");
    launch();
    assertThat(unpacked).exists();

    Files.setLastModifiedTime(
        installation.resolve("lib/instar.jar"), FileTime.from(Instant.now().plusSeconds(5)));
    launch();
    assertThat(unpacked).doesNotExist();
  }

  @Test
  void takesNoCacheThatIsAFileOrALinkThatSomeoneElseMayHaveLaid() throws Exception {
    FakeMachine.write(folder.resolve("cache"), "a file");
    Files.createDirectories(folder.resolve("home/.cache"));
    Path own = Path.of(cache(launch()));
    assertThat(own).startsWith(folder.resolve("home/.cache"));
    Files.move(own.getParent(), folder.resolve("elsewhere"));
    Files.createSymbolicLink(own.getParent(), folder.resolve("elsewhere"));
    machine.environment().put("TMPDIR", folder.resolve("tmp").toString());

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
    Path jdk = machine.jdk("other", "17.0.1");
    FakeMachine.write(
        jdk.resolve("bin/java"),
        FakeMachine.RECORDING_JAVA
            .replace("echo classes >\"${argument#*=}\";", "")
            .replace("exit ;;", "exit 1 ;;"));
    machine.environment().put("JAVA_HOME", jdk.toString());

    launch();
    FakeMachine.Outcome second = launch();

    assertThat(second.status()).isEqualTo(3);
    assertThat(second.out()).noneMatch(line -> line.contains("SharedArchiveFile"));
    assertThat(dumps()).isEqualTo(1);
  }

  @Test
  void permitsNativeCodeToNewerJvmsWithoutWarnings() throws Exception {
    machine.environment().put("JAVA_HOME", machine.jdk("newer", "25").toString());

    assertThat(launch().out()).contains("[--sun-misc-unsafe-memory-access=allow]");
  }

  @Test
  void saysThatAnIncompleteInstallationIsIncomplete() throws Exception {
    Files.delete(installation.resolve("lib/instar.jar"));

    FakeMachine.Outcome outcome = launch();

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("not complete");
  }

  @Test
  void buildsACheckoutOnlyWhereSourcesAreNewer() throws Exception {
    Path checkout = checkout(BUILD);

    assertThat(machine.run(checkout, "./instar").err()).contains("building");
    assertThat(machine.run(checkout, "./instar").err()).isEmpty();
    assertThat(checkout.resolve("builds")).hasContent("built");

    Files.setLastModifiedTime(
        checkout.resolve("pipeline/target/lib/instar.jar"), FileTime.from(Instant.EPOCH));
    assertThat(machine.run(checkout, "./instar").status()).isEqualTo(3);
    assertThat(checkout.resolve("builds")).hasContent("built\nbuilt");
  }

  @Test
  void buildsTheCoreOnceACompilerIsThere() throws Exception {
    Path checkout = checkout(BUILD);
    machine.run(checkout, "./instar");
    Path absence =
        checkout.resolve("native-bindings/target/classes/dev/instar/image/core-absent.txt");
    FakeMachine.write(absence, "no C++ compiler (g++); install it with: apt-get install g++");
    Path tools = folder.resolve("tools");
    machine.environment().put("PATH", tools + ":" + System.getenv("PATH"));

    FakeMachine.write(tools.resolve("g++"), "#!/bin/sh\nexit 1\n");
    machine.run(checkout, "./instar");
    assertThat(checkout.resolve("builds")).hasContent("built");

    FakeMachine.write(tools.resolve("g++"), "#!/bin/sh\nexit 0\n");
    machine.run(checkout, "./instar");
    assertThat(checkout.resolve("builds")).hasContent("built\nbuilt");
  }

  @Test
  void buildsOnceWhenTwoStartAtOnce() throws Exception {
    Path checkout = checkout("sleep 1; " + BUILD);
    Process first = machine.start(checkout, "./instar");
    Process second = machine.start(checkout, "./instar");

    assertThat(FakeMachine.outcome(first).status()).isEqualTo(3);
    assertThat(FakeMachine.outcome(second).status()).isEqualTo(3);
    assertThat(checkout.resolve("builds")).hasContent("built");
  }

  @Test
  void showsTheEndOfAFailedBuild() throws Exception {
    Path checkout = checkout("echo '[ERROR] no such symbol'; exit 1");

    FakeMachine.Outcome outcome = machine.run(checkout, "./instar");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("no such symbol").contains("the build failed");
  }

  private Path checkout(String build) throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("a checkout"));
    copyLauncher(checkout);
    FakeMachine.write(checkout.resolve("pom.xml"), "<project/>");
    for (String module : List.of("native-bindings", "cuda", "pipeline")) {
      FakeMachine.write(checkout.resolve(module).resolve("pom.xml"), "<project/>");
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
    }
    FakeMachine.write(checkout.resolve("mvnw"), "#!/bin/bash\n" + build + "\n");
    FakeMachine.write(
        Path.of(machine.environment().get("JAVA_HOME")).resolve("bin/javac"), "#!/bin/sh\n");
    return checkout;
  }

  private static void copyLauncher(Path target) throws IOException {
    FakeMachine.write(
        target.resolve("instar"), Files.readString(FakeMachine.REPOSITORY.resolve("instar")));
    FakeMachine.write(
        target.resolve("launcher/toolchain.sh"),
        Files.readString(FakeMachine.REPOSITORY.resolve("launcher/toolchain.sh")));
  }

  private long dumps() throws IOException {
    return Files.readAllLines(folder.resolve("dumps")).size();
  }

  private static String cache(FakeMachine.Outcome outcome) {
    String property = "[-Dorg.bytedeco.javacpp.cachedir=";
    String line =
        outcome.out().stream().filter(l -> l.startsWith(property)).findFirst().orElseThrow();
    return line.substring(property.length(), line.length() - 1);
  }

  private FakeMachine.Outcome launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(installation.resolve("instar").toString()));
    command.addAll(List.of(arguments));
    return machine.run(folder, command.toArray(String[]::new));
  }

  private FakeMachine.Outcome toolchain(String script) throws Exception {
    return machine.run(
        FakeMachine.REPOSITORY, "/bin/sh", "-c", ". launcher/toolchain.sh; " + script);
  }
}
