package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartFileTest {
  private static final PartState STATE =
      new PartState(
          "https://h.example/a",
          "\"e\"",
          "",
          10,
          List.of(new Checksum(Checksum.Algorithm.CRC32C, "e3069283")),
          0);

  @TempDir private Path folder;

  @Test
  void whatWasClosedIsContinued() throws IOException {
    try (PartFile part = PartFile.open(target())) {
      part.begin(STATE);
      append(part, "hello");
    }
    try (PartFile part = PartFile.open(target())) {
      assertThat(part.length()).isEqualTo(5);
      assertThat(part.state()).contains(STATE.withStored(5));
      append(part, "world");
      part.publish();
    }
    assertThat(target()).hasContent("helloworld");
    assertThat(folder.resolve("a.bin.part.json")).doesNotExist();
  }

  @Test
  void bytesThatTheStateDoesNotVouchForAreWrittenAgain() throws IOException {
    try (PartFile part = PartFile.open(target())) {
      part.begin(STATE);
      append(part, "hello");
    }
    Files.writeString(folder.resolve("a.bin.part"), "hello and what a power cut left");

    try (PartFile part = PartFile.open(target())) {
      assertThat(part.length()).isEqualTo(5);
      append(part, "world");
      part.publish();
    }
    assertThat(target()).hasContent("helloworld");
  }

  @Test
  void bytesWithoutAStateCountForNothing() throws IOException {
    Files.writeString(folder.resolve("a.bin.part"), "whatever");

    try (PartFile part = PartFile.open(target())) {
      assertThat(part.length()).isZero();
      assertThat(part.state()).isEmpty();
    }
  }

  @Test
  void aStateThatClaimsMoreThanThereIsCountsForNothing() throws IOException {
    STATE.withStored(9).write(folder.resolve("a.bin.part.json"));
    Files.writeString(folder.resolve("a.bin.part"), "short");

    try (PartFile part = PartFile.open(target())) {
      assertThat(part.state()).isEmpty();
      assertThat(part.length()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"uri\":1}",
        "{\"uri\":\"u\",\"etag\":\"\",\"lastModified\":\"\",\"total\":5,\"checksums\":[],\"stored\":-1}",
        "{\"uri\":\"u\",\"etag\":\"\",\"lastModified\":\"\",\"total\":5,\"checksums\":[{\"algorithm\":\"MD5\",\"hex\":\"zz\"}],\"stored\":1}",
        "\u0000\u0001"
      })
  void aDamagedStateCountsForNothing(String json) throws IOException {
    Files.writeString(folder.resolve("a.bin.part.json"), json);

    assertThat(PartState.read(folder.resolve("a.bin.part.json"))).isEqualTo(Optional.empty());
  }

  @Test
  void nobodyElseWritesTheSameFile() throws IOException {
    try (PartFile part = PartFile.open(target())) {
      assertThat(part.length()).isZero();
      assertThatThrownBy(() -> PartFile.open(target()))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("a.bin.part is being fetched already");
    }
  }

  @Test
  void aPartInWhichNothingCameIsLeftNowhere() throws IOException {
    PartFile.open(target()).close();

    assertThat(folder).isEmptyDirectory();
  }

  private Path target() {
    return folder.resolve("a.bin");
  }

  private static void append(PartFile part, String text) throws IOException {
    part.append(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }
}
