package dev.instar.image;

/**
 * What a batch of samples looks like in memory.
 *
 * @param size of every sample, in pixels
 * @param layout the order of its values
 * @param type of its values; with {@link PixelType#UINT8} they are the bytes, not normalised
 * @param normalisation of values that are not bytes
 */
public record BatchFormat(Size size, Layout layout, PixelType type, Normalisation normalisation) {
  /** The order of a sample's values. */
  public enum Layout {
    /** Channel by channel, row by row. */
    NCHW,
    /** Row by row, red, green and blue of a pixel together. */
    CHANNELS_LAST
  }

  /** The bytes that one sample takes. */
  public int sampleBytes() {
    return Math.toIntExact(size.pixels() * PixelBuffer.CHANNELS * type.bytes());
  }
}
