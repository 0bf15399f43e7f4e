package dev.instar.cli;

import dev.instar.cli.OutputOptions.Layout;
import dev.instar.convert.Geometry;
import dev.instar.convert.JpegPolicy;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.convert.ShardPlan;
import dev.instar.image.Filter;
import dev.instar.image.Size;
import dev.instar.pack.Encoding;
import dev.instar.synth.SynthPlan;
import dev.instar.train.Cadence;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How option values are written; what cannot be read is a usage error with the accepted form. */
final class Converters {
  private Converters() {}

  /** A whole number, at least 1. */
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 1, Integer.MAX_VALUE, "a whole number from 1 on");
    }
  }

  /** A whole number, at least 0. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 0, Integer.MAX_VALUE, "a whole number from 0 on");
    }
  }

  /** A probability, from 0 to 1. */
  static final class Probability implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double value = Double.parseDouble(text);
        if (value >= 0 && value <= 1) {
          return value;
        }
      } catch (NumberFormatException e) {
        // said below, as for numbers that are no probabilities
      }
      throw refusal(text, "a number from 0 to 1");
    }
  }

  /** Pixels, or {@code keep}. */
  static final class Side implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return text.equals("keep")
          ? Geometry.KEEP
          : number(text, 1, 65_500, "a number of pixels from 1 to 65500, or keep");
    }
  }

  /** A JPEG quality, or {@code keep}. */
  static final class Quality implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return text.equals("keep") ? JpegPolicy.KEEP : number(text, 1, 100, "1 to 100, or keep");
    }
  }

  /** {@code 420}, {@code 444} or {@code keep}. */
  static final class Subsampling implements ITypeConverter<Chroma> {
    @Override
    public Chroma convert(String text) {
      return switch (text) {
        case "keep" -> Chroma.KEEP;
        case "420" -> Chroma.S420;
        case "444" -> Chroma.S444;
        default -> throw refusal(text, "420, 444 or keep");
      };
    }
  }

  /** {@code R,G,B}, each 0 to 255, as {@code 0xRRGGBB}. */
  static final class Color implements ITypeConverter<Integer> {
    private static final String FORM = "R,G,B, each 0 to 255, such as 240,240,240";

    @Override
    public Integer convert(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length != 3) {
        throw refusal(text, FORM);
      }
      int color = 0;
      for (String part : parts) {
        color = color << 8 | number(part.strip(), 0, 255, FORM);
      }
      return color;
    }
  }

  /** A number above 0. */
  static final class Ratio implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        double ratio = Double.parseDouble(text);
        if (ratio > 0 && !Double.isInfinite(ratio)) {
          return ratio;
        }
      } catch (NumberFormatException e) {
        // The refusal below serves both.
      }
      throw refusal(text, "a number above 0, such as 1.4");
    }
  }

  /** A whole number, also a negative one. */
  static final class Whole implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw refusal(text, "a whole number");
      }
    }
  }

  /** Words that stand for the constants of an enum, in lower case. */
  private abstract static class Word<E extends Enum<E>> implements ITypeConverter<E> {
    private final List<E> constants;

    Word(List<E> constants) {
      this.constants = constants;
    }

    @Override
    public E convert(String text) {
      for (E constant : constants) {
        if (constant.name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
      String last = word(constants.get(constants.size() - 1));
      String others =
          constants.subList(0, constants.size() - 1).stream()
              .map(Word::word)
              .collect(Collectors.joining(", "));
      throw refusal(text, others + " or " + last);
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }

  /** {@link OutputOptions.Layout}. */
  static final class LayoutName extends Word<OutputOptions.Layout> {
    LayoutName() {
      super(List.of(Layout.PACK, Layout.BIOSCAN, Layout.ZIP, Layout.FOLDER, Layout.AUTO));
    }
  }

  /** {@link Geometry.Side}. */
  static final class SideName extends Word<Geometry.Side> {
    SideName() {
      super(List.of(Geometry.Side.values()));
    }
  }

  /** {@link Filter}. */
  static final class FilterName extends Word<Filter> {
    FilterName() {
      super(List.of(Filter.values()));
    }
  }

  /** {@link Encoding}. */
  static final class EncodingName extends Word<Encoding> {
    EncodingName() {
      super(List.of(Encoding.values()));
    }
  }

  /** {@link CropOptions.WithoutBox}. */
  static final class WithoutBoxName extends Word<CropOptions.WithoutBox> {
    WithoutBoxName() {
      super(List.of(CropOptions.WithoutBox.values()));
    }
  }

  /** A quality that photographs are left out for. */
  static final class QualityName extends Word<dev.instar.crop.Quality> {
    QualityName() {
      super(
          List.of(
              dev.instar.crop.Quality.EMPTY,
              dev.instar.crop.Quality.BLURRY,
              dev.instar.crop.Quality.FRAGMENTED));
    }
  }

  /** {@link RunOptions.OnError}. */
  static final class OnErrorName extends Word<RunOptions.OnError> {
    OnErrorName() {
      super(List.of(RunOptions.OnError.values()));
    }
  }

  /** {@link DetectorOptions.Kind}. */
  static final class DetectorName extends Word<DetectorOptions.Kind> {
    DetectorName() {
      super(List.of(DetectorOptions.Kind.values()));
    }
  }

  /** {@link SynthPlan.Mix}. */
  static final class MixName extends Word<SynthPlan.Mix> {
    MixName() {
      super(List.of(SynthPlan.Mix.values()));
    }
  }

  /** {@code I/N}. */
  static final class Shard implements ITypeConverter<ShardPlan> {
    @Override
    public ShardPlan convert(String text) {
      try {
        return ShardPlan.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** {@link Cadence}. */
  static final class HowOften implements ITypeConverter<Cadence> {
    @Override
    public Cadence convert(String text) {
      try {
        return Cadence.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** {@code WIDTHxHEIGHT}. */
  static final class Dimensions implements ITypeConverter<Size> {
    private static final String FORM = "WIDTHxHEIGHT, such as 1024x768";

    @Override
    public Size convert(String text) {
      String[] parts = text.split("x", -1);
      if (parts.length != 2) {
        throw refusal(text, FORM);
      }
      return new Size(number(parts[0], 1, 65_500, FORM), number(parts[1], 1, 65_500, FORM));
    }
  }

  /** Bytes, with or without a unit of a thousand or of 1024. */
  static final class ByteCount implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})\\s*([KMG]?)(I?)B?");

    @Override
    public Long convert(String text) {
      Matcher matcher = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
      if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
        throw refusal(text, "bytes with or without a unit, such as 500MB or 2GiB");
      }
      int power = matcher.group(2).isEmpty() ? 0 : "KMG".indexOf(matcher.group(2)) + 1;
      long unit = matcher.group(3).isEmpty() ? 1000 : 1024;
      return Long.parseLong(matcher.group(1)) * (long) Math.pow(unit, power);
    }
  }

  private static int number(String text, int least, int most, String form) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The refusal below serves both.
    }
    throw refusal(text, form);
  }

  private static TypeConversionException refusal(String text, String form) {
    return new TypeConversionException("'" + text + "'; write " + form);
  }
}
