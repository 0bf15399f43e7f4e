package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the Maven wrapper with Mavens that only record how they were called. */
final class WrapperTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      if [ "$*" = -v ]; then echo 'Apache Maven VERSION'; exit; fi
      echo "maven VERSION with $JAVA_HOME: $*"
      """;

  @TempDir private Path folder;
  private FakeMachine machine;
  private Path jdk;

  @BeforeEach
  void installAJdk() throws IOException {
    machine = new FakeMachine(folder);
    jdk = Path.of(machine.environment().get("JAVA_HOME"));
    FakeMachine.write(jdk.resolve("bin/javac"), "");
  }

  @Test
  void runsTheMavenOnPathWithTheJdkThatItFound() throws Exception {
    maven("3.8.7");

    assertThat(mvnw().out()).containsExactly("maven 3.8.7 with " + jdk + ": -q verify");
  }

  @Test
  void takesNoMavenThatIsTooOld() throws Exception {
    maven("3.6.3");

    FakeMachine.Outcome outcome = mvnw();

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("no Maven 3.8").contains("MVNW_REPOURL");
  }

  @Test
  void prefersTheMavenThatWasDownloadedBefore() throws Exception {
    maven("3.8.7");
    Path kept = folder.resolve("home/.m2/wrapper/dists/apache-maven-3.9.11/bin/mvn");
    FakeMachine.write(kept, MAVEN.replace("VERSION", "3.9.11"));

    assertThat(mvnw().out()).containsExactly("maven 3.9.11 with " + jdk + ": -q verify");
  }

  @Test
  void refusesADownloadThatIsNotThePinnedMaven() throws Exception {
    Path repository = folder.resolve("repository");
    FakeMachine.write(
        repository.resolve("org/apache/maven/apache-maven/3.9.11/apache-maven-3.9.11-bin.tar.gz"),
        "something else");
    machine.environment().put("MVNW_REPOURL", repository.toUri().toString());

    FakeMachine.Outcome outcome = mvnw();

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("SHA-512");
    assertThat(folder.resolve("home/.m2/wrapper/dists")).isEmptyDirectory();
  }

  private FakeMachine.Outcome mvnw() throws Exception {
    return machine.run(folder, FakeMachine.REPOSITORY.resolve("mvnw").toString(), "-q", "verify");
  }

  private void maven(String version) throws IOException {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    FakeMachine.write(tools.resolve("mvn"), MAVEN.replace("VERSION", version));
    machine.environment().put("PATH", tools + ":" + System.getenv("PATH"));
  }
}
