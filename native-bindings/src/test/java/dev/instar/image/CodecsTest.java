package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The choice is made once a process, so each test asks a process of its own. */
final class CodecsTest {
  @Test
  void choosesTheCoreAndLoadsNothingOfOpenCv() throws Exception {
    NativeCoreAssumption.check();
    String output = ChildProcess.run(Report.class, "-Xlog:class+load");
    assertThat(output).contains("CORE libjpeg-turbo 2.").contains("fallback: none");
    assertThat(output)
        .contains("dev.instar.image.NativeCore ")
        .doesNotContain("org.bytedeco.opencv");
  }

  @Test
  void usesOpenCvWhereItIsAskedTo() throws Exception {
    assertThat(ChildProcess.run(Report.class, "-Dinstar.codec=opencv"))
        .contains("OPENCV OpenCV 4.")
        .contains("fallback: INSTAR_CODEC asks for it");
  }

  @Test
  void refusesACodecThatItDoesNotKnow() throws Exception {
    assertThat(ChildProcess.run(Report.class, "-Dinstar.codec=quick"))
        .contains("INSTAR_CODEC is quick, it can be core or opencv");
  }

  @Test
  void saysOnceWhyTheCoreIsNotThere() throws Exception {
    Path absent = Path.of(System.getProperty("java.io.tmpdir")).resolve("core-absent");
    Path reason = absent.resolve("dev/instar/image/core-absent.txt");
    Files.createDirectories(reason.getParent());
    Files.writeString(reason, "no compiler; install one\n");
    String output =
        ChildProcess.run(
            Report.class,
            "-Djava.class.path=" + absent + ":" + System.getProperty("java.class.path"));
    assertThat(output).contains("OPENCV OpenCV 4.").contains("fallback: no compiler; install one");
    assertThat(output.split("which is slower: no compiler; install one", -1)).hasSize(2);
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
