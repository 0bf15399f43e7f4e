package dev.instar.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The messages that describe one object: a group or a dataset (HDF5 File Format Specification 3.0,
 * IV.A).
 */
record ObjectHeader(FileImage file, long address, List<Message> messages) {
  static final int DATASPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int DATATYPE = 0x03;
  static final int LINK = 0x06;
  static final int EXTERNAL_FILES = 0x07;
  static final int LAYOUT = 0x08;
  static final int FILTERS = 0x0b;
  static final int ATTRIBUTE = 0x0c;
  static final int SYMBOL_TABLE = 0x11;
  static final int ATTRIBUTE_INFO = 0x15;

  private static final int CONTINUATION = 0x10;
  private static final int SHARED = 0x02;

  // A header holds few messages; attributes and links beyond a handful have storage of their own.
  private static final int MOST_BLOCKS = 4096;

  /** One message; {@code flags} say whether its body is only a reference to a shared one. */
  record Message(int type, int flags, long address, long length) {}

  private record Block(long address, long length) {}

  static ObjectHeader read(FileImage file, long address) throws Hdf5Exception {
    Cursor cursor = file.at(address);
    List<Message> messages = new ArrayList<>();
    ArrayDeque<Block> blocks = new ArrayDeque<>();
    int first = cursor.u8();
    if (first == 1) {
      cursor.skip(7);
      long length = cursor.u32();
      cursor.skip(4);
      readMessages(cursor.sub(length), false, false, messages, blocks);
      continueReading(file, blocks, false, false, messages);
    } else if (first == 'O') {
      cursor.seek(0);
      cursor.signature("OHDR");
      cursor.expect(2, "the version of an object header");
      int flags = cursor.u8();
      cursor.skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
      long length = cursor.number(1 << (flags & 3));
      Cursor body = cursor.sub(length);
      cursor.checksum();
      boolean ordered = (flags & 4) != 0;
      readMessages(body, true, ordered, messages, blocks);
      continueReading(file, blocks, true, ordered, messages);
    } else {
      throw file.damaged("no object header at address " + address);
    }
    return new ObjectHeader(file, address, List.copyOf(messages));
  }

  private static void continueReading(
      FileImage file,
      ArrayDeque<Block> blocks,
      boolean checked,
      boolean ordered,
      List<Message> messages)
      throws Hdf5Exception {
    Set<Long> seen = new HashSet<>();
    while (!blocks.isEmpty()) {
      Block block = blocks.removeFirst();
      if (!seen.add(block.address) || seen.size() > MOST_BLOCKS) {
        throw file.damaged("the object header block at " + block.address + " repeats");
      }
      Cursor cursor = file.at(block.address, block.length);
      if (checked) {
        cursor.signature("OCHK");
        Cursor body = cursor.sub(block.length - 8);
        cursor.checksum();
        readMessages(body, true, ordered, messages, blocks);
      } else {
        readMessages(cursor, false, false, messages, blocks);
      }
    }
  }

  private static void readMessages(
      Cursor cursor,
      boolean checked,
      boolean ordered,
      List<Message> messages,
      ArrayDeque<Block> blocks)
      throws Hdf5Exception {
    int prefix = checked ? (ordered ? 6 : 4) : 8;
    while (cursor.remaining() >= prefix) {
      int type = checked ? cursor.u8() : cursor.u16();
      int length = cursor.u16();
      int flags = cursor.u8();
      cursor.skip(prefix - (checked ? 4 : 5));
      Cursor body = cursor.sub(length);
      if (type == CONTINUATION) {
        blocks.add(new Block(body.offset(), body.length()));
      } else if (type != 0) {
        messages.add(new Message(type, flags, body.address(), length));
      }
    }
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type == type);
  }

  /** The body of the only or first message of a type, followed where it is shared. */
  Optional<Cursor> find(int type) throws Hdf5Exception {
    for (Message message : messages) {
      if (message.type == type) {
        return Optional.of(body(message));
      }
    }
    return Optional.empty();
  }

  /** Like {@link #find}, for a message that the object cannot do without. */
  Cursor require(int type, String what) throws Hdf5Exception {
    Optional<Cursor> body = find(type);
    if (body.isEmpty()) {
      throw file.damaged("the object at address " + address + " has no " + what);
    }
    return body.get();
  }

  /** A message's content. */
  Cursor body(Message message) throws Hdf5Exception {
    Cursor cursor = file.at(message.address, message.length);
    return (message.flags & SHARED) == 0 ? cursor : shared(cursor, message.type);
  }

  /**
   * The message that a shared one refers to: one of a committed datatype's (IV.A.2 Shared
   * Messages).
   */
  static Cursor shared(Cursor reference, int type) throws Hdf5Exception {
    FileImage file = reference.file();
    int version = reference.u8();
    int kind = reference.u8();
    if (version == 1) {
      reference.skip(6);
    } else if (version == 3 && kind == 1) {
      throw file.unsupported("a shared message heap");
    }
    ObjectHeader owner = read(file, reference.offset());
    for (Message message : owner.messages) {
      if (message.type == type && (message.flags & SHARED) == 0) {
        return file.at(message.address, message.length);
      }
    }
    throw file.damaged("a shared message refers to nothing");
  }
}
