package dev.instar.image;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The two sets of JPEG codec, resampler and sample converter, and which of them this process uses.
 *
 * <p>The choice is made once: the native core where it loads, else OpenCV and Java; the reason is
 * logged once. {@code -Dinstar.codec} or the environment variable {@code INSTAR_CODEC} forces
 * {@code core} or {@code opencv}.
 */
public enum Codecs {
  /** Instar's own C++ over libjpeg-turbo. */
  CORE {
    @Override
    public JpegCodec newJpegCodec() {
      requireCore();
      return new TurboJpegCodec();
    }

    @Override
    public Resampler newResampler() {
      requireCore();
      return new NativeResampler();
    }

    @Override
    public SampleConverter newSampleConverter(BatchFormat format) {
      requireCore();
      return new CoreSampleConverter(format);
    }
  },

  /** OpenCV's codec, and resampling in Java. */
  OPENCV {
    @Override
    public JpegCodec newJpegCodec() {
      return new OpenCvJpegCodec();
    }

    @Override
    public Resampler newResampler() {
      return new JavaResampler();
    }

    @Override
    public SampleConverter newSampleConverter(BatchFormat format) {
      return new PlainSampleConverter(format, newJpegCodec(), newResampler());
    }
  };

  private static final String PROPERTY = "instar.codec";
  private static final String VARIABLE = "INSTAR_CODEC";

  /** A codec of this set; whoever creates it closes it. */
  public abstract JpegCodec newJpegCodec();

  /** A resampler of this set; whoever creates it closes it. */
  public abstract Resampler newResampler();

  /** A converter of this set; whoever creates it closes it. */
  public abstract SampleConverter newSampleConverter(BatchFormat format);

  /** The set that this process uses. */
  public static Codecs chosen() {
    return Choice.CHOSEN;
  }

  /** Why the native core cannot be used here, and what to do about it; empty where it can. */
  public static Optional<String> coreAbsence() {
    return Optional.ofNullable(Core.ABSENCE);
  }

  /** What this process decodes and resamples with, and why. Does not load OpenCV. */
  public static CodecReport report() {
    return switch (chosen()) {
      case CORE ->
          new CodecReport(
              "libjpeg-turbo",
              NativeCore.instar_jpeg_version(),
              NativeCore.instar_simd() == NativeCore.AVX2 ? "AVX2" : "scalar",
              Optional.empty());
      case OPENCV ->
          new CodecReport(
              "OpenCV", OpenCv.VERSION, "Java", Optional.of(Choice.reasonForFallback()));
    };
  }

  private static void requireCore() {
    if (Core.ABSENCE != null) {
      throw new IllegalStateException("the native core is not there: " + Core.ABSENCE);
    }
  }

  /** Made when first asked for, once. */
  private static final class Choice {
    static final Optional<String> FORCED =
        Optional.ofNullable(System.getProperty(PROPERTY, System.getenv(VARIABLE)))
            .filter(name -> !name.isBlank());
    static final Codecs CHOSEN = choose();

    private static Codecs choose() {
      if (FORCED.isPresent()) {
        return forced(FORCED.get());
      }
      if (Core.ABSENCE == null) {
        return CORE;
      }
      Logger log = System.getLogger(Codecs.class.getName());
      log.log(Level.WARNING, "pictures go through OpenCV, which is slower: {0}", Core.ABSENCE);
      return OPENCV;
    }

    private static Codecs forced(String name) {
      Codecs codecs =
          switch (name.toLowerCase(Locale.ROOT)) {
            case "core" -> CORE;
            case "opencv" -> OPENCV;
            default ->
                throw new IllegalStateException(
                    VARIABLE + " is " + name + ", it can be core or opencv");
          };
      if (codecs == CORE) {
        requireCore();
      }
      return codecs;
    }

    static String reasonForFallback() {
      return FORCED.map(name -> VARIABLE + " asks for it").orElse(Core.ABSENCE);
    }
  }

  /** The native core, tried when first asked for, once. */
  private static final class Core {
    /** Why it cannot be used; null where it can. */
    static final String ABSENCE = absence();

    private static String absence() {
      try (InputStream reason = Codecs.class.getResourceAsStream("core-absent.txt")) {
        if (reason != null) {
          return new String(reason.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        NativeCore.instar_simd();
        return null;
      } catch (IOException | LinkageError failure) {
        return "it does not load: " + failure.getMessage();
      }
    }
  }
}
