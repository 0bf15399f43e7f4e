package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Limits;
import dev.instar.pack.TarSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WebDatasetTest {
  private static final String LIST =
      """
      import json, sys, tarfile
      for m in tarfile.open(sys.argv[1]):
          print(m.name, m.type == tarfile.REGTYPE, m.mtime, m.uid, m.gid, repr(m.uname), oct(m.mode), m.size)
      t = tarfile.open(sys.argv[1])
      print(json.load(t.extractfile("x_y.json"))["sampleid"], t.extractfile("x_y.cls").read().decode())
      """;

  @TempDir private Path folder;

  private Fixture fixture() throws IOException {
    return new Fixture(folder)
        .pictures("x.y.jpg", "b.jpg")
        .rows(
            "S\u00e4|Diptera|F1|x.y.jpg|1|train|CC BY 3.0|M",
            "|not_classified|F1|b.jpg|1|train|CC BY 3.0|M")
        .as(Format.WEBDATASET);
  }

  @Test
  void pythonReadsPictureRowAndClassOfEachRecord() throws Exception {
    fixture().publish();
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "python3 is not installed");
    ProcessBuilder builder =
        new ProcessBuilder(
            python.toString(), "-c", LIST, folder.resolve("out/train-000000.tar").toString());
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines())
        .satisfiesExactly(
            line ->
                assertThat(line).matches("x_y\\.jpg True 0 0 0 '' 0o644 " + Fixture.jpeg(0).length),
            line -> assertThat(line).matches("x_y\\.json True 0 0 0 '' 0o644 [0-9]+"),
            line -> assertThat(line).isEqualTo("x_y.cls True 0 0 0 '' 0o644 1"),
            line -> assertThat(line).startsWith("b.jpg True"),
            line -> assertThat(line).startsWith("b.json True"),
            line -> assertThat(line).isEqualTo("S\u00e4 0"));
  }

  @Test
  void ourOwnTarSourceReadsThePicturesBack() throws IOException {
    fixture().publish();
    try (TarSource source = TarSource.open(folder.resolve("out/train-000000.tar"), Limits.DEFAULT);
        NativeBuffer scratch = NativeBuffer.allocate(0)) {
      assertThat(source.size()).isEqualTo(2);
      assertThat(source.name(0)).isEqualTo("x_y.jpg");
      assertThat(source.read(0, scratch).bytes().toArray()).isEqualTo(Fixture.jpeg(0));
      assertThat(source.read(1, scratch).bytes().toArray()).isEqualTo(Fixture.jpeg(1));
    }
  }

  @Test
  void equalRecordsGiveEqualBytes() throws IOException {
    Fixture fixture = fixture();
    fixture.publish();
    fixture.publish(fixture.pack, folder.resolve("again"), Watch.NOBODY);
    assertThat(folder.resolve("again/train-000000.tar"))
        .hasSameBinaryContentAs(folder.resolve("out/train-000000.tar"));
  }

  @Test
  void listsShardsWithCountsChecksumsAndClasses() throws IOException {
    Fixture fixture = fixture();
    fixture.publish();
    JsonNode index = new ObjectMapper().readTree(fixture.text("shards.json"));
    assertThat(index.get("complete").asBoolean()).isTrue();
    assertThat(index.get("label").asText()).isEqualTo("order");
    assertThat(index.get("classes").get(0).asText()).isEqualTo("Diptera");
    JsonNode shard = index.get("shards").get(0);
    assertThat(shard.get("file").asText()).isEqualTo("train-000000.tar");
    assertThat(shard.get("records").asInt()).isEqualTo(2);
    assertThat(shard.get("bytes").asLong())
        .isEqualTo(Files.size(fixture.out.resolve("train-000000.tar")));
    assertThat(shard.get("sha256").asText())
        .isEqualTo(Checksum.of(fixture.out.resolve("train-000000.tar")));
  }

  @Test
  void aNameThatLeavesTheFolderIsRefusedAndNothingIsWrittenOutside() throws IOException {
    Path evil = folder.resolve("evil.tar");
    try (OutputStream file = Files.newOutputStream(evil);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
      for (String name : List.of("../../evil.jpg", "good.jpg")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        byte[] content = Fixture.jpeg(1);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    Fixture fixture =
        new Fixture(folder)
            .rows("S1|../..|F|../../evil.jpg|1|../up|L|H", "S2|a/b|F|good.jpg|1|../up|L|H")
            .as(Format.WEBDATASET)
            .experiment("small_insect_order");
    Publication.Result result = fixture.publish(evil, fixture.out, Watch.NOBODY);
    assertThat(result.refused()).extracting(Refusal::reason).containsExactly("unsafe-name");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("evil.tar", "meta.tsv", "out");
    }
    assertThat(fixture.out.resolve("___up-000000.tar")).exists();
  }
}
