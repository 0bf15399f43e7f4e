package dev.instar.hdf5;

import java.util.Optional;

/** Finds the links of a group in whichever of the three ways they are stored. */
final class GroupLinks {
  private static final int NAME_INDEX = 5;

  private GroupLinks() {}

  static boolean isGroup(ObjectHeader header) {
    return header.has(ObjectHeader.SYMBOL_TABLE)
        || header.has(ObjectHeader.LINK_INFO)
        || header.has(ObjectHeader.LINK);
  }

  static LinkTable read(ObjectHeader header) throws Hdf5Exception {
    LinkTable links = new LinkTable(header.file());
    Optional<Cursor> symbols = header.find(ObjectHeader.SYMBOL_TABLE);
    if (symbols.isPresent()) {
      SymbolTable.read(symbols.get(), links);
    }
    for (ObjectHeader.Message message : header.messages()) {
      if (message.type() == ObjectHeader.LINK) {
        link(header.body(message), links);
      }
    }
    Optional<Cursor> dense = header.find(ObjectHeader.LINK_INFO);
    if (dense.isPresent()) {
      denseLinks(dense.get(), links);
    }
    return links.sorted();
  }

  private static void denseLinks(Cursor info, LinkTable links) throws Hdf5Exception {
    FileImage file = info.file();
    info.expect(0, "the version of a link info message");
    int flags = info.u8();
    if ((flags & 1) != 0) {
      info.skip(8);
    }
    long heapAddress = info.offset();
    long index = info.offset();
    if (heapAddress == FileImage.UNDEFINED) {
      return;
    }
    FractalHeap heap = new FractalHeap(file, heapAddress);
    BTree.visit(
        file,
        index,
        NAME_INDEX,
        record -> {
          record.skip(4);
          link(heap.object(record), links);
        });
  }

  /** A link message (IV.A.2.g). */
  private static void link(Cursor cursor, LinkTable links) throws Hdf5Exception {
    cursor.expect(1, "the version of a link message");
    int flags = cursor.u8();
    int type = (flags & 8) != 0 ? cursor.u8() : 0;
    cursor.skip((flags & 4) != 0 ? 8 : 0);
    cursor.skip((flags & 16) != 0 ? 1 : 0);
    long length = cursor.number(1 << (flags & 3));
    byte[] name = cursor.array(length < 0 ? -1 : (int) Math.min(length, Integer.MAX_VALUE));
    switch (type) {
      case 0 -> links.add(name, Link.Kind.HARD, cursor.offset());
      case 1 -> links.add(name, Link.Kind.SOFT, FileImage.UNDEFINED);
      case 64 -> links.add(name, Link.Kind.EXTERNAL, FileImage.UNDEFINED);
      default -> links.add(name, Link.Kind.USER, FileImage.UNDEFINED);
    }
  }
}
