package dev.instar.image;

import java.util.function.IntUnaryOperator;

/**
 * The quality of the Independent JPEG Group's scale whose quantisation tables come nearest to given
 * ones, by the sum of their entries, as ImageMagick's {@code identify -format %Q} finds it. Exact
 * for files that libjpeg wrote.
 */
final class JpegQuality {
  // ITU-T T.81, tables K.1 and K.2.
  private static final int[] LUMA = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };
  private static final int[] CHROMA = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };
  private static final int[] LUMA_SUMS = sums(LUMA);
  private static final int[] CHROMA_SUMS = sums(CHROMA);

  private JpegQuality() {}

  static int ofLumaSum(int luma) {
    return nearest(luma, quality -> LUMA_SUMS[quality]);
  }

  static int ofSums(int luma, int chroma) {
    return nearest(luma + chroma, quality -> LUMA_SUMS[quality] + CHROMA_SUMS[quality]);
  }

  private static int nearest(int sum, IntUnaryOperator sumAt) {
    int best = 1;
    for (int quality = 2; quality <= 100; quality++) {
      if (Math.abs(sumAt.applyAsInt(quality) - sum) < Math.abs(sumAt.applyAsInt(best) - sum)) {
        best = quality;
      }
    }
    return best;
  }

  /**
   * The sum of a table's entries at each quality, scaled and limited as libjpeg's
   * jpeg_quality_scaling and jpeg_add_quant_table do.
   */
  private static int[] sums(int[] table) {
    int[] sums = new int[101];
    for (int quality = 1; quality <= 100; quality++) {
      int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
      for (int entry : table) {
        sums[quality] += Math.max(1, Math.min(255, (entry * scale + 50) / 100));
      }
    }
    return sums;
  }
}
