package dev.instar.hdf5;

import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import java.nio.file.Path;

/**
 * A mapped HDF5 file seen through its own addresses, which count from the superblock's base
 * address. Every access is checked against the end of the file.
 *
 * <p>Immutable; safe for any number of threads.
 *
 * @param base where address 0 lies in the file, in bytes
 * @param end the first address that is no longer in the file
 * @param offsetBytes the width of a stored address
 * @param lengthBytes the width of a stored length
 */
record FileImage(Path path, MappedFile map, long base, long end, int offsetBytes, int lengthBytes) {
  /** The address that is stored where there is none. */
  static final long UNDEFINED = -1;

  /** A cursor at {@code address} that may read up to the end of the file. */
  Cursor at(long address) throws Hdf5Exception {
    if (address < 0 || address >= end) {
      throw damaged("the address " + Long.toUnsignedString(address) + " lies outside the file");
    }
    return new Cursor(
        this, address, bytes(address, Math.min(end - address, MappedFile.LONGEST_VIEW)));
  }

  /** A cursor over exactly {@code length} bytes. */
  Cursor at(long address, long length) throws Hdf5Exception {
    return new Cursor(this, address, bytes(address, length));
  }

  /** The bytes themselves, mapped. */
  Bytes bytes(long address, long length) throws Hdf5Exception {
    if (address < 0 || length < 0 || address > end || length > end - address) {
      throw damaged(
          Long.toUnsignedString(length)
              + " bytes at address "
              + Long.toUnsignedString(address)
              + " leave the file");
    }
    if (length > MappedFile.LONGEST_VIEW) {
      throw damaged("a stretch of " + length + " bytes is longer than 1 GiB");
    }
    return map.view(base + address, (int) length);
  }

  Hdf5Exception damaged(String problem) {
    return new Hdf5Exception(path, "damaged HDF5: " + problem);
  }

  Hdf5Exception unsupported(String feature) {
    return new Hdf5Exception(path, feature + " is not read here");
  }
}
