package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchCommandTest {
  private static final byte[] CONTENT = "tensors".getBytes(StandardCharsets.UTF_8);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;
  private HttpServer mirror;

  @BeforeEach
  void startAMirrorInHuggingFacesLayout() throws IOException {
    mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror.createContext(
        "/timm/resnet50.tv_in1k/resolve/main/model.safetensors",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT);
          exchange.close();
        });
    mirror.start();
  }

  @AfterEach
  void stop() {
    mirror.stop(0);
  }

  @Test
  void fetchesWeightsFromAMirror() {
    int status =
        run("fetch", "weights", "resnet50", "--mirror", address(), "-o", folder.toString());

    assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
    Path file = folder.resolve("resnet50.tv_in1k.safetensors");
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(out.toString()).startsWith(file + "  7 bytes  fetched from mirror");
  }

  @Test
  void reportsInJsonAndFailsWhereAFileIsMissing() throws IOException {
    int status =
        run(
            "fetch",
            "weights",
            "resnet50",
            "resnet18",
            "--json",
            "--mirror",
            address(),
            "-o",
            folder.toString());

    assertThat(status).isEqualTo(ExitStatus.FAILED);
    JsonNode files = new ObjectMapper().readTree(out.toString()).get("files");
    assertThat(files.get(0).get("status").asText()).isEqualTo("fetched");
    assertThat(files.get(0).get("bytes").asInt()).isEqualTo(CONTENT.length);
    assertThat(files.get(1).get("status").asText()).isEqualTo("failed");
    assertThat(err.toString())
        .isEqualTo(
            "instar: resnet18.tv_in1k.safetensors: 127.0.0.1 does not have it (404)"
                + System.lineSeparator());
  }

  @Test
  void saysOnceThatThereIsNoNetwork() {
    mirror.stop(0);
    int status =
        run(
            "fetch",
            "cropped_256.zip",
            "original_256.zip",
            "--retries",
            "1",
            "--mirror",
            address(),
            "-o",
            folder.toString());

    assertThat(status).isEqualTo(ExitStatus.FAILED);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString())
        .startsWith("instar: no network, or no way to these hosts: 127.0.0.1");
  }

  @Test
  void listsEveryFileAndEverySetOfWeights() throws IOException {
    assertThat(run("fetch", "--list")).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString().lines()).hasSize(126);
    assertThat(out.toString()).contains("cropped_256.zip").contains("7.17 GB");

    out.getBuffer().setLength(0);
    assertThat(run("fetch", "--list", "--source", "zenodo")).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString().lines()).hasSize(7);

    out.getBuffer().setLength(0);
    assertThat(run("fetch", "weights", "--list", "--json")).isEqualTo(ExitStatus.DONE);
    assertThat(new ObjectMapper().readTree(out.toString()).get("weights")).hasSize(11);
  }

  @Test
  void whatIsNotPublishedIsAUsageError() {
    assertThat(run("fetch", "cropped.zip")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("fetch")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("fetch", "weights", "resnet49")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("fetch", "cropped_256.zip", "--mirror", "ftp://x")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("fetch", "cropped_256.zip", "--mirror", address(), "--source", "drive"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("did you mean cropped_256.zip?");
  }

  private String address() {
    return "http://127.0.0.1:" + mirror.getAddress().getPort();
  }

  private int run(String... arguments) {
    return Instar.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}
