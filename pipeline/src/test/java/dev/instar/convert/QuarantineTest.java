package dev.instar.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
  private static final InputException CUT = new InputException(Fault.TRUNCATED, "cut \"short\"");

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = folder.resolve("pack.h5");
  }

  @Test
  void isNoFileWhileItIsEmpty() throws IOException {
    try (Quarantine quarantine = Quarantine.open(output)) {
      quarantine.commit();
      quarantine.finish();
    }
    assertThat(Quarantine.fileFor(output)).doesNotExist();
  }

  @Test
  void keepsNamesOfAnyKind() throws IOException {
    String name = "a\nb\t\"é\u0001.jpg";
    try (Quarantine quarantine = Quarantine.open(output)) {
      quarantine.add(name, "zip!" + name, CUT);
    }
    try (Quarantine quarantine = Quarantine.open(output)) {
      assertThat(quarantine.entries())
          .containsExactly(new Quarantine.Entry(name, "truncated", "cut \"short\"", "zip!" + name));
    }
    assertThat(Files.readAllLines(Quarantine.fileFor(output))).hasSize(1);
  }

  @Test
  void dropsALastLineThatWasCutShort() throws IOException {
    try (Quarantine quarantine = Quarantine.open(output)) {
      quarantine.add("a.jpg", "dir/a.jpg", CUT);
    }
    byte[] whole = Files.readAllBytes(Quarantine.fileFor(output));
    for (int cut = 1; cut < whole.length; cut++) {
      Files.write(Quarantine.fileFor(output), whole);
      Files.write(
          Quarantine.fileFor(output),
          new String(whole, StandardCharsets.UTF_8)
              .substring(0, cut)
              .getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.APPEND);
      try (Quarantine quarantine = Quarantine.open(output)) {
        quarantine.add("b.jpg", "dir/b.jpg", CUT);
        assertThat(quarantine.entries()).as("cut at %d", cut).hasSize(2);
      }
      try (Quarantine quarantine = Quarantine.open(output)) {
        assertThat(quarantine.entries())
            .extracting(Quarantine.Entry::location)
            .containsExactly("dir/a.jpg", "dir/b.jpg");
      }
    }
  }

  @Test
  void goesAwayWithItsLastEntry() throws IOException {
    try (Quarantine quarantine = Quarantine.open(output)) {
      quarantine.add("a.jpg", "dir/a.jpg", CUT);
      quarantine.release("dir/a.jpg");
      quarantine.finish();
    }
    assertThat(Quarantine.fileFor(output)).doesNotExist();
  }

  @Test
  void refusesAFileThatIsNotItsOwn() throws IOException {
    Files.writeString(Quarantine.fileFor(output), "hello\nworld\n");
    assertThatIOException()
        .isThrownBy(() -> Quarantine.open(output))
        .withMessageContaining("pack.h5.quarantine.jsonl, line 1");
  }
}
