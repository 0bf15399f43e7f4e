package dev.instar.hdf5;

/** The records of a version 2 B-tree in order (HDF5 File Format Specification 3.0, III.A.2). */
final class BTree {
  /** What is done with each record; the cursor covers exactly the record. */
  interface Visitor {
    void visit(Cursor record) throws Hdf5Exception;
  }

  private static final int MOST_LEVELS = 32;
  private static final int NODE_OVERHEAD = 10;

  private final FileImage file;
  private final int type;
  private final int nodeBytes;
  private final int recordBytes;
  private final int countBytes;
  private final int[] totalBytes;
  private final Visitor visitor;
  private long budget;

  private BTree(FileImage file, int type, Cursor header, Visitor visitor) throws Hdf5Exception {
    this.file = file;
    this.type = type;
    this.visitor = visitor;
    this.budget = file.end();
    header.signature("BTHD");
    header.expect(0, "the version of a B-tree");
    header.expect(type, "the type of a B-tree");
    long node = header.u32();
    recordBytes = header.u16();
    int depth = header.u16();
    if (node > file.end() || recordBytes == 0 || depth > MOST_LEVELS) {
      throw file.damaged("a B-tree with nodes of " + node + " bytes and depth " + depth);
    }
    nodeBytes = Math.toIntExact(Math.min(node, Integer.MAX_VALUE));
    long most = (nodeBytes - (long) NODE_OVERHEAD) / recordBytes;
    countBytes = bytesFor(most);
    totalBytes = new int[depth + 1];
    long total = most;
    for (int level = 1; level <= depth; level++) {
      int pointer = file.offsetBytes() + countBytes + totalBytes[level - 1];
      long fits = (nodeBytes - (long) NODE_OVERHEAD - pointer) / (recordBytes + pointer);
      total = Math.min((fits + 1) * total + fits, 1L << 40);
      totalBytes[level] = bytesFor(total);
    }
  }

  /** Visits all records of the tree at {@code address}, which must be of {@code type}. */
  static void visit(FileImage file, long address, int type, Visitor visitor) throws Hdf5Exception {
    Cursor header = file.at(address);
    BTree tree = new BTree(file, type, header, visitor);
    header.skip(2);
    long root = header.offset();
    int records = header.u16();
    header.length();
    header.checksum();
    if (root != FileImage.UNDEFINED) {
      tree.node(root, tree.totalBytes.length - 1, records);
    }
  }

  private void node(long address, int level, int records) throws Hdf5Exception {
    budget -= NODE_OVERHEAD + records * (long) recordBytes;
    if (budget < 0) {
      throw file.damaged("a B-tree has more nodes than fit in the file");
    }
    Cursor cursor = file.at(address);
    cursor.signature(level == 0 ? "BTLF" : "BTIN");
    cursor.expect(0, "the version of a B-tree node");
    cursor.expect(type, "the type of a B-tree node");
    Cursor body = cursor.sub(records * (long) recordBytes);
    if (level == 0) {
      cursor.checksum();
      for (int i = 0; i < records; i++) {
        visitor.visit(body.sub(recordBytes));
      }
      return;
    }
    long[] children = new long[records + 1];
    int[] counts = new int[records + 1];
    for (int i = 0; i <= records; i++) {
      children[i] = cursor.offset();
      counts[i] = (int) Math.min(cursor.number(countBytes), 0xffff);
      cursor.skip(totalBytes[level - 1]);
    }
    cursor.checksum();
    for (int i = 0; i <= records; i++) {
      node(children[i], level - 1, counts[i]);
      if (i < records) {
        visitor.visit(body.sub(recordBytes));
      }
    }
  }

  /** The bytes that hold numbers up to {@code limit}. */
  static int bytesFor(long limit) {
    return limit <= 0 ? 1 : (63 - Long.numberOfLeadingZeros(limit)) / 8 + 1;
  }
}
