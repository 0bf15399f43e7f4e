package dev.instar.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a one-dimensional virtual dataset, which must follow each other without gaps: a
 * concatenation (HDF5 File Format Specification 3.0, VIII and IV.A.2.i).
 */
final class VirtualLayout {
  private static final int LONGEST_NAME = 65_535;
  private static final int HYPERSLAB = 2;
  private static final int ALL = 3;

  private record Run(boolean all, long start, long length) {}

  private VirtualLayout() {}

  static Storage.Virtual read(Cursor message) throws Hdf5Exception {
    FileImage file = message.file();
    Cursor block = GlobalHeap.object(file, message.offset(), message.u32());
    block.expect(0, "the version of a virtual dataset");
    long count = block.length();
    if (count < 0 || count > block.remaining() / 10) {
      throw file.damaged("a virtual dataset of " + Long.toUnsignedString(count) + " parts");
    }
    List<VirtualPart> parts = new ArrayList<>();
    long end = 0;
    for (long i = 0; i < count; i++) {
      String sourceFile = new String(block.untilNul(LONGEST_NAME), StandardCharsets.UTF_8);
      String sourceDataset = new String(block.untilNul(LONGEST_NAME), StandardCharsets.UTF_8);
      Run source = selection(block);
      Run target = selection(block);
      if (target.all || target.start != end || !source.all && source.length != target.length) {
        throw file.unsupported("a virtual dataset that is no plain concatenation");
      }
      end = target.start + target.length;
      if (target.length < 1 || source.start < 0 || end < 0) {
        throw file.damaged("a virtual dataset with an impossible part");
      }
      parts.add(new VirtualPart(sourceFile, sourceDataset, source.start, target.length));
    }
    block.checksum();
    return new Storage.Virtual(List.copyOf(parts));
  }

  /**
   * A serialized selection of one dimension (VIII, Appendix: H5S_SEL_HYPER versions 1 to 3,
   * H5S_SEL_ALL).
   */
  private static Run selection(Cursor cursor) throws Hdf5Exception {
    FileImage file = cursor.file();
    long kind = cursor.u32();
    long version = cursor.u32();
    if (kind == ALL) {
      cursor.skip(8);
      return new Run(true, 0, 0);
    }
    if (kind != HYPERSLAB || version < 1 || version > 3) {
      throw file.unsupported("a virtual dataset with a selection of kind " + kind);
    }
    boolean regular = false;
    int width = 4;
    if (version == 1) {
      cursor.skip(8);
    } else {
      regular = (cursor.u8() & 1) != 0;
      if (version == 2) {
        cursor.skip(4);
        width = 8;
      } else {
        width = cursor.u8();
      }
    }
    if (cursor.u32() != 1 || width != 2 && width != 4 && width != 8) {
      throw file.unsupported("a virtual dataset of more than one dimension");
    }
    if (regular) {
      long start = cursor.number(width);
      long stride = cursor.number(width);
      long count = cursor.number(width);
      long block = cursor.number(width);
      // One block, or many that touch.
      if (count == 1) {
        return new Run(false, start, block);
      }
      if (stride == block && count > 0 && block > 0 && count <= Long.MAX_VALUE / block) {
        return new Run(false, start, count * block);
      }
      throw file.unsupported("a virtual dataset with gaps");
    }
    if (cursor.number(width) != 1) {
      throw file.unsupported("a virtual dataset with gaps");
    }
    long start = cursor.number(width);
    return new Run(false, start, cursor.number(width) - start + 1);
  }
}
