package dev.instar.cli;

import dev.instar.convert.Geometry;
import dev.instar.convert.JpegPolicy;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.convert.ShardPlan;
import dev.instar.image.Size;
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
