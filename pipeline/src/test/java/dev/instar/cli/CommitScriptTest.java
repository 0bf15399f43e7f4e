package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the build says of the commit that it builds, in small repositories. */
final class CommitScriptTest {
  private static final Path SCRIPT =
      FakeMachine.REPOSITORY.resolve("pipeline/src/main/build/commit.sh");

  @TempDir private Path folder;
  private Path project;

  @BeforeEach
  void makeAProject() throws Exception {
    assumeTrue(run(folder, "git", "--version") == 0, "git is not installed");
    project = Files.createDirectory(folder.resolve("project"));
    Files.createDirectories(project.resolve("pipeline/src"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Files.writeString(project.resolve("pipeline/src/A.java"), "class A {}");
  }

  private int run(Path at, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(at.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_GLOBAL",
                "/dev/null",
                "GIT_CEILING_DIRECTORIES",
                folder.getParent().toString()));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    try {
      return builder.start().waitFor();
    } catch (IOException missing) {
      return 127;
    }
  }

  private void commit(Path repository) throws Exception {
    assertThat(run(repository, "git", "init", "-q")).isZero();
    assertThat(run(repository, "git", "add", ".")).isZero();
    String[] commit = {
      "git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "first"
    };
    assertThat(run(repository, commit)).isZero();
  }

  private String written() throws Exception {
    Path classes = folder.resolve("classes");
    assertThat(run(folder, "sh", SCRIPT.toString(), project.toString(), classes.toString()))
        .isZero();
    return Files.readString(classes.resolve("dev/instar/cli/commit.txt")).strip();
  }

  @Test
  void isTheCommitAndWhetherTheSourcesWereChangedSince() throws Exception {
    commit(project);
    assertThat(written()).matches("[0-9a-f]{40}");
    Files.writeString(project.resolve("notes.txt"), "no source");
    assertThat(written()).matches("[0-9a-f]{40}");
    Files.writeString(project.resolve("pipeline/src/B.java"), "class B {}");
    assertThat(written()).matches("[0-9a-f]{40}, changed");
  }

  @Test
  void isUnknownOutsideOfACheckoutAndInsideOfAnothers() throws Exception {
    assertThat(written()).isEqualTo("unknown");
    Files.writeString(folder.resolve(".gitignore"), "project");
    commit(folder);
    assertThat(written()).isEqualTo("unknown");
  }

  @Test
  void leavesTheFileAloneWhereNothingChanged() throws Exception {
    assertThat(written()).isEqualTo("unknown");
    Path file = folder.resolve("classes/dev/instar/cli/commit.txt");
    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(file, longAgo);
    assertThat(written()).isEqualTo("unknown");
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
  }
}
