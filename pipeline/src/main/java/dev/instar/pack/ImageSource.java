package dev.instar.pack;

import dev.instar.memory.NativeBuffer;
import java.io.IOException;

/**
 * An indexed collection of pictures: a folder, an archive, an HDF5 file, a pack, or several of them
 * in a row.
 *
 * <p>Its list is fixed when it is opened, in an order that depends on the input alone. Safe for any
 * number of reading threads, each with a scratch buffer of its own.
 */
public interface ImageSource extends AutoCloseable {
  /** The number of records, unusable ones included. */
  int size();

  /** The key of a record; where the name is not safe to use, the name as it stands. */
  String name(int index);

  /** The {@code n} of the {@code part{n}} folder that the record lies in, 0 where there is none. */
  int part(int index);

  /** Where the record is, for messages: a path, or an archive and an entry. */
  String location(int index);

  /**
   * Reads one record.
   *
   * @param scratch may be used to hold the bytes; the content is valid until it is used again
   * @throws dev.instar.image.InputException if this record is unusable: unreadable, unsafe name,
   *     too many bytes...
   */
  Content read(int index, NativeBuffer scratch) throws IOException;

  @Override
  void close() throws IOException;
}
