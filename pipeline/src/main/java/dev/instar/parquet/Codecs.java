package dev.instar.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * The compressions that are written and read in practice, without Hadoop's: Zstandard, Snappy,
 * gzip, none. Stateless.
 */
final class Codecs implements CompressionCodecFactory {
  private static final int LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return new Compressor(name);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return new Decompressor(name);
  }

  @Override
  public void release() {}

  private static byte[] copyOf(BytesInput bytes) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
    bytes.writeAllTo(copy);
    return copy.toByteArray();
  }

  private static IOException unsupported(CompressionCodecName name) {
    return new IOException("compression " + name + " is not supported; use zstd, snappy or gzip");
  }

  private record Compressor(CompressionCodecName name) implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      byte[] plain = copyOf(bytes);
      return switch (name) {
        case UNCOMPRESSED -> BytesInput.from(plain);
        case ZSTD -> BytesInput.from(Zstd.compress(plain, LEVEL));
        case SNAPPY -> BytesInput.from(Snappy.compress(plain));
        case GZIP -> {
          ByteArrayOutputStream packed = new ByteArrayOutputStream();
          try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
          }
          yield BytesInput.from(packed.toByteArray());
        }
        default -> throw unsupported(name);
      };
    }

    @Override
    public CompressionCodecName getCodecName() {
      return name;
    }

    @Override
    public void release() {}
  }

  private record Decompressor(CompressionCodecName name) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(plain(copyOf(bytes), size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size)
        throws IOException {
      byte[] packed = new byte[compressed];
      input.get(packed);
      output.put(plain(packed, size));
    }

    private byte[] plain(byte[] packed, int size) throws IOException {
      byte[] plain =
          switch (name) {
            case UNCOMPRESSED -> packed;
            case ZSTD -> unzstd(packed, size);
            case SNAPPY -> unsnap(packed, size);
            case GZIP -> gunzip(packed, size);
            default -> throw unsupported(name);
          };
      if (plain.length != size) {
        throw new IOException("a page unpacks to " + plain.length + " bytes, not " + size);
      }
      return plain;
    }

    private static byte[] unzstd(byte[] packed, int size) throws IOException {
      byte[] plain = new byte[size];
      long length = Zstd.decompress(plain, packed);
      if (Zstd.isError(length) || length != size) {
        throw new IOException("a page does not unpack with Zstandard");
      }
      return plain;
    }

    private static byte[] unsnap(byte[] packed, int size) throws IOException {
      if (Snappy.uncompressedLength(packed) != size) {
        throw new IOException("a page does not unpack to its size with Snappy");
      }
      return Snappy.uncompress(packed);
    }

    private static byte[] gunzip(byte[] packed, int size) throws IOException {
      try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        return gzip.readNBytes(size);
      }
    }

    @Override
    public void release() {}
  }
}
