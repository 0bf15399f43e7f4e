package dev.instar.pack;

import dev.instar.image.ImageHeader;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Takes records out of a collection into a folder: picture files byte for byte, raw pixels as PNG.
 *
 * @param written the number of files that were written
 * @param alreadyThere the number of records that the folder had before
 * @param refused records that could not be taken out, with the reason
 */
public record Extraction(int written, int alreadyThere, List<Refusal> refused) {
  /** A record that could not be taken out. */
  public record Refusal(String location, String reason, String message) {}

  /**
   * Extracts the records {@code indices} of {@code source}. The caller finishes and closes the
   * folder.
   *
   * @throws IOException if the folder cannot be written
   */
  public static Extraction of(ImageSource source, int[] indices, FolderSink folder)
      throws IOException {
    int written = 0;
    int alreadyThere = 0;
    List<Refusal> refused = new ArrayList<>();
    try (NativeBuffer scratch = NativeBuffer.allocate(0)) {
      for (int index : indices) {
        try {
          ImageRecord record = recordOf(source, index, scratch);
          if (folder.contains(record.name())) {
            alreadyThere++;
          } else {
            folder.append(record, bytesOf(source, index, scratch));
            written++;
          }
        } catch (InputException e) {
          refused.add(new Refusal(source.location(index), e.fault().label(), e.getMessage()));
        }
      }
    }
    return new Extraction(written, alreadyThere, List.copyOf(refused));
  }

  private static ImageRecord recordOf(ImageSource source, int index, NativeBuffer scratch)
      throws IOException {
    SafeName.check(source.name(index));
    Content content = source.read(index, scratch);
    String name =
        content instanceof Content.Pixels ? source.name(index) + ".png" : source.name(index);
    if (source instanceof Pack pack) {
      ImageRecord record = pack.record(index);
      return new ImageRecord(name, record.part(), record.size(), record.original(), record.box());
    }
    Size size =
        content instanceof Content.Pixels pixels
            ? pixels.size()
            : ImageHeader.read(content.bytes()).size();
    return new ImageRecord(name, source.part(index), size, size, Region.of(size));
  }

  private static Bytes bytesOf(ImageSource source, int index, NativeBuffer scratch)
      throws IOException {
    return pictureFile(source.read(index, scratch));
  }

  /** A record's content as a picture file: as it is, or PNG where it is raw pixels. */
  public static Bytes pictureFile(Content content) throws IOException {
    return content instanceof Content.Pixels pixels ? png(pixels) : content.bytes();
  }

  private static Bytes png(Content.Pixels pixels) throws IOException {
    Size size = pixels.size();
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    pixels.bytes().buffer().get(bgr);
    for (int i = 0; i < bgr.length; i += 3) {
      byte red = bgr[i];
      bgr[i] = bgr[i + 2];
      bgr[i + 2] = red;
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return Bytes.copyOf(file.toByteArray());
  }
}
