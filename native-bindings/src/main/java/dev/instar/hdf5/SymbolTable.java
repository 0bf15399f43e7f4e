package dev.instar.hdf5;

import java.util.ArrayDeque;

/**
 * The entries of an old-style group: a version 1 B-tree over symbol table nodes, names in a local
 * heap (HDF5 File Format Specification 3.0, III.A to III.D).
 */
final class SymbolTable {
  private static final int LONGEST_NAME = 65_535;
  private static final int SOFT_LINK = 2;

  private record Node(long address, int level) {}

  private final FileImage file;
  private final Cursor heap;
  private final LinkTable links;
  private long budget;

  private SymbolTable(FileImage file, Cursor heap, LinkTable links) {
    this.file = file;
    this.heap = heap;
    this.links = links;
    this.budget = file.end();
  }

  static void read(Cursor message, LinkTable links) throws Hdf5Exception {
    long tree = message.offset();
    Cursor heap = localHeap(message.file(), message.offset());
    new SymbolTable(message.file(), heap, links).walk(tree);
  }

  private static Cursor localHeap(FileImage file, long address) throws Hdf5Exception {
    Cursor cursor = file.at(address);
    cursor.signature("HEAP");
    cursor.expect(0, "the version of a local heap");
    cursor.skip(3);
    long size = cursor.length();
    cursor.length();
    return file.at(cursor.offset(), size);
  }

  private void walk(long root) throws Hdf5Exception {
    ArrayDeque<Node> stack = new ArrayDeque<>();
    stack.push(new Node(root, -1));
    while (!stack.isEmpty()) {
      Node node = stack.pop();
      if (node.level == 0) {
        entries(file.at(node.address));
      } else {
        children(node, stack);
      }
    }
  }

  private void children(Node parent, ArrayDeque<Node> stack) throws Hdf5Exception {
    Cursor cursor = file.at(parent.address);
    cursor.signature("TREE");
    cursor.expect(0, "the type of a group's B-tree");
    int level = cursor.u8();
    // Levels fall by one from the root down, so that no chain of nodes can loop.
    if (parent.level >= 0 && level != parent.level - 1) {
      throw file.damaged("a B-tree node of level " + level + " below level " + parent.level);
    }
    int used = cursor.u16();
    cursor.offset();
    cursor.offset();
    spend(24L + used * (long) (file.offsetBytes() + file.lengthBytes()));
    Node[] nodes = new Node[used];
    for (int i = 0; i < used; i++) {
      cursor.length();
      nodes[i] = new Node(cursor.offset(), level);
    }
    for (int i = used - 1; i >= 0; i--) {
      stack.push(nodes[i]);
    }
  }

  private void entries(Cursor cursor) throws Hdf5Exception {
    cursor.signature("SNOD");
    cursor.expect(1, "the version of a symbol table node");
    cursor.skip(1);
    int count = cursor.u16();
    spend(8L + count * (2L * file.offsetBytes() + 24));
    for (int i = 0; i < count; i++) {
      heap.seek(cursor.offset());
      long target = cursor.offset();
      boolean soft = cursor.u32() == SOFT_LINK;
      cursor.skip(20);
      links.add(
          heap.untilNul(LONGEST_NAME),
          soft ? Link.Kind.SOFT : Link.Kind.HARD,
          soft ? FileImage.UNDEFINED : target);
    }
  }

  /**
   * Nodes of a sound file do not overlap: whoever reads more of them than there is file walks in
   * circles.
   */
  private void spend(long bytes) throws Hdf5Exception {
    budget -= bytes;
    if (budget < 0) {
      throw file.damaged("a group's B-tree has more nodes than fit in the file");
    }
  }
}
