package dev.instar.evaluate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An array of NumPy's .npy format, little-endian and row-major. */
final class NpyArray {
  private NpyArray() {}

  static float[] floats(Path file) throws IOException {
    ByteBuffer data = data(file, "'<f4'");
    float[] values = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(values);
    return values;
  }

  static int[] ints(Path file) throws IOException {
    ByteBuffer data = data(file, "'<i4'");
    int[] values = new int[data.remaining() / Integer.BYTES];
    data.asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer data(Path file, String type) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getShort(8); // of the header, in version 1
    String header = new String(bytes.array(), 10, length, StandardCharsets.US_ASCII);
    if (!header.contains(type) || !header.contains("'fortran_order': False")) {
      throw new IOException(file + " is not as expected: " + header);
    }
    return bytes.position(10 + length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
