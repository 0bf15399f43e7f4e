package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice is made once a process, so each test asks a process of its own. */
final class CodecsTest {
  @Test
  void choosesTheCoreAndLoadsNothingOfOpenCv() throws Exception {
    NativeCoreAssumption.check();
    String output = run("-Xlog:class+load");
    assertThat(output).contains("CORE libjpeg-turbo 2.").contains("fallback: none");
    assertThat(output)
        .contains("dev.instar.image.NativeCore ")
        .doesNotContain("org.bytedeco.opencv");
  }

  @Test
  void usesOpenCvWhereItIsAskedTo() throws Exception {
    assertThat(run("-Dinstar.codec=opencv"))
        .contains("OPENCV OpenCV 4.")
        .contains("fallback: INSTAR_CODEC asks for it");
  }

  @Test
  void refusesACodecThatItDoesNotKnow() throws Exception {
    assertThat(run("-Dinstar.codec=quick"))
        .contains("INSTAR_CODEC is quick, it can be core or opencv");
  }

  @Test
  void saysOnceWhyTheCoreIsNotThere() throws Exception {
    Path absent = Path.of(System.getProperty("java.io.tmpdir")).resolve("core-absent");
    Path reason = absent.resolve("dev/instar/image/core-absent.txt");
    java.nio.file.Files.createDirectories(reason.getParent());
    java.nio.file.Files.writeString(reason, "no compiler; install one\n");
    String output =
        run("-Djava.class.path=" + absent + ":" + System.getProperty("java.class.path"));
    assertThat(output).contains("OPENCV OpenCV 4.").contains("fallback: no compiler; install one");
    assertThat(output.split("which is slower: no compiler; install one", -1)).hasSize(2);
  }

  private static String run(String flag) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(flag);
    command.add(Report.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** What a process says that makes a codec and a resampler. */
  static final class Report {
    private Report() {}

    public static void main(String[] arguments) {
      JpegCodec.best().close();
      Resampler.best().close();
      CodecReport report = Codecs.report();
      System.out.println(Codecs.chosen() + " " + report.name() + " " + report.version());
      System.out.println("fallback: " + report.reasonForFallback().orElse("none"));
    }
  }
}
