package dev.instar.pack;

import dev.instar.hdf5.ElementType;
import dev.instar.hdf5.Hdf5Dataset;
import dev.instar.hdf5.Hdf5File;
import dev.instar.hdf5.Storage;
import dev.instar.hdf5.VirtualPart;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.MappedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The index and data of a pack as any HDF5 file has them: virtual packs, and packs that other
 * programs rewrote.
 *
 * @param table the records
 * @param encoding of their content
 * @param attributes without those that the format itself sets
 * @param data open; the caller closes it
 */
record Hdf5Index(
    RecordTable table, Encoding encoding, Map<String, String> attributes, MappedData data) {
  private static final int ROWS = 1 << 16;
  private static final int DEEPEST_VIRTUAL = 8;
  private static final int MOST_PARTS = 100_000;

  /**
   * Reads the index and maps the data.
   *
   * @throws InputException if the file is HDF5 but no pack, or its index is not valid
   */
  static Hdf5Index read(Path path) throws IOException {
    try (Hdf5File file = Hdf5File.open(path)) {
      if (!PackMetadata.FORMAT.equals(file.stringAttribute("/", "format").orElse(""))) {
        throw new InputException(Fault.UNREADABLE, path + " is an HDF5 file, but not a pack");
      }
      long version = file.longAttribute("/", "format_version").orElse(-1L);
      if (version != PackMetadata.VERSION) {
        throw new InputException(
            Fault.UNSUPPORTED,
            path
                + " is a pack of version "
                + version
                + ", this program reads version "
                + PackMetadata.VERSION);
      }
      String label = file.stringAttribute("/", "encoding").orElse("");
      Encoding encoding =
          Encoding.labelled(Printable.of(label))
              .orElseThrow(
                  () -> damaged(path, "the encoding " + Printable.of(label) + " is not known"));
      RecordTable table = table(path, file);
      return new Hdf5Index(table, encoding, attributes(file), data(path, file));
    }
  }

  private static Map<String, String> attributes(Hdf5File file) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    file.attributes("/")
        .forEach(
            (key, value) -> {
              if (value instanceof String text) {
                texts.put(key, text);
              }
            });
    return PackMetadata.withoutReserved(texts);
  }

  private static RecordTable table(Path path, Hdf5File file) throws IOException {
    Map<Column, Hdf5Dataset> columns = new HashMap<>();
    long rows = -1;
    for (Column column : Column.values()) {
      Hdf5Dataset dataset = file.dataset("/", column.dataset());
      long[] shape = dataset.shape();
      rows = rows < 0 && shape.length > 0 ? shape[0] : rows;
      if (rows < 0 || !Arrays.equals(shape, column.shape(rows))) {
        throw damaged(path, "the column " + column.dataset() + " does not have a row a record");
      }
      columns.put(column, dataset);
    }
    RecordTable table = new RecordTable();
    for (long row = 0; row < rows; row += ROWS) {
      addRows(path, columns, row, (int) Math.min(ROWS, rows - row), table);
    }
    return table;
  }

  private static void addRows(
      Path path, Map<Column, Hdf5Dataset> columns, long first, int count, RecordTable table)
      throws IOException {
    String[] names = columns.get(Column.NAME).readStrings(first, count);
    long[] offsets = columns.get(Column.OFFSET).readLongs(first, count);
    long[] lengths = columns.get(Column.LENGTH).readLongs(first, count);
    long[] checksums = columns.get(Column.CRC32C).readLongs(first, count);
    int[][] numbers = new int[5][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = columns.get(Column.values()[Column.PART.ordinal() + i]).readInts(first, count);
    }
    int[] boxes = columns.get(Column.BOX).readInts(first * 4, count * 4);
    for (int i = 0; i < count; i++) {
      int[] geometry = new int[9];
      for (int k = 0; k < numbers.length; k++) {
        geometry[k] = numbers[k][i];
      }
      System.arraycopy(boxes, i * 4, geometry, 5, 4);
      byte[] name = names[i].getBytes(StandardCharsets.UTF_8);
      boolean valid =
          name.length > 0
              && name.length <= SafeName.LONGEST_NAME
              && offsets[i] >= 0
              && lengths[i] >= 0
              && lengths[i] <= MappedFile.LONGEST_VIEW
              && RecordTable.valid(geometry);
      if (!valid || !table.add(name, offsets[i], (int) lengths[i], (int) checksums[i], geometry)) {
        throw damaged(path, "record " + (first + i) + " is not valid or its name is there twice");
      }
    }
  }

  private static MappedData data(Path path, Hdf5File file) throws IOException {
    Mapper mapper = new Mapper();
    boolean success = false;
    try {
      mapper.add(path, file.dataset("/", "data"), 0, Long.MAX_VALUE, 0);
      MappedData data = mapper.finish();
      success = true;
      return data;
    } finally {
      if (!success) {
        mapper.close();
      }
    }
  }

  private static InputException damaged(Path path, String how) {
    return new InputException(Fault.CORRUPT, path + ": the index is damaged: " + how);
  }

  /** Collects the stretches of a dataset, following virtual ones into their shards. */
  private static final class Mapper {
    private final Map<Path, MappedFile> files = new HashMap<>();
    private final List<MappedData.Stretch> stretches = new ArrayList<>();
    private long end;
    private int partsSeen;

    /** Adds bytes {@code from} to {@code from + length} of a dataset, or as many as it has. */
    void add(Path path, Hdf5Dataset dataset, long from, long length, int depth) throws IOException {
      ElementType type = dataset.type();
      if (type.bytes() != 1 || dataset.shape().length != 1) {
        throw damaged(path, "data is not a row of bytes");
      }
      long taken = Math.min(length, dataset.count() - from);
      if (taken < length && length != Long.MAX_VALUE) {
        throw new InputException(
            Fault.TRUNCATED, path + " has less data than the virtual pack over it expects");
      }
      Storage storage = dataset.storage();
      if (storage instanceof Storage.Contiguous contiguous) {
        stretch(path, contiguous.address() + from, taken);
      } else if (storage instanceof Storage.Compact compact) {
        stretch(path, compact.address() + from, taken);
      } else if (storage instanceof Storage.Virtual virtual) {
        parts(path, virtual.parts(), from, taken, depth);
      } else if (storage instanceof Storage.Chunked chunked) {
        chunks(path, chunked, from, taken);
      } else if (taken > 0) {
        throw damaged(path, "data is stored in a way that is not read");
      }
    }

    private void parts(Path path, List<VirtualPart> parts, long from, long length, int depth)
        throws IOException {
      if (depth == DEEPEST_VIRTUAL) {
        throw damaged(
            path, "virtual packs over virtual packs, more than " + DEEPEST_VIRTUAL + " deep");
      }
      long start = 0;
      long left = length;
      for (VirtualPart part : parts) {
        long skip = Math.max(0, from - start);
        start += part.length();
        if (left == 0 || skip >= part.length()) {
          continue;
        }
        if (partsSeen++ == MOST_PARTS) {
          throw damaged(path, "more than " + MOST_PARTS + " parts of virtual data");
        }
        long taken = Math.min(left, part.length() - skip);
        Path shard = part.file().equals(".") ? path : path.resolveSibling(part.file());
        try (Hdf5File file = Hdf5File.open(shard)) {
          add(shard, file.datasetAt(part.dataset()), part.start() + skip, taken, depth + 1);
        }
        left -= taken;
      }
      if (left > 0) {
        throw damaged(path, "some of the virtual data have no source");
      }
    }

    private void chunks(Path path, Storage.Chunked chunked, long from, long length)
        throws IOException {
      if (!chunked.filters().isEmpty()) {
        throw new InputException(
            Fault.UNSUPPORTED,
            path
                + ": its data are compressed; rewrite it with: h5repack -l data:CONTI -f data:NONE");
      }
      List<Storage.Chunk> sorted = new ArrayList<>(chunked.chunks());
      sorted.sort(Comparator.comparing(chunk -> chunk.start().get(0)));
      long first = from;
      for (Storage.Chunk chunk : sorted) {
        long skip = first - chunk.start().get(0);
        if (skip >= 0 && skip < chunk.length() && first < from + length) {
          long taken = Math.min(chunk.length() - skip, from + length - first);
          stretch(path, chunk.address() + skip, taken);
          first += taken;
        }
      }
      if (first < from + length) {
        throw damaged(path, "data has chunks that were never written");
      }
    }

    /** Adds bytes of a file, as one stretch with those before where they follow on. */
    private void stretch(Path path, long position, long length) throws IOException {
      if (length == 0) {
        return;
      }
      Path key = path.toAbsolutePath().normalize();
      MappedFile file = files.get(key);
      if (file == null) {
        file = MappedFile.open(path);
        files.put(key, file);
      }
      if (position < 0 || length > file.size() || position > file.size() - length) {
        throw new InputException(Fault.TRUNCATED, path + " is shorter than its data");
      }
      MappedData.Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
      if (last != null && last.file() == file && last.position() + last.length() == position) {
        stretches.set(
            stretches.size() - 1,
            new MappedData.Stretch(last.start(), last.length() + length, file, last.position()));
      } else {
        stretches.add(new MappedData.Stretch(end, length, file, position));
      }
      end += length;
    }

    MappedData finish() {
      return new MappedData(stretches);
    }

    void close() {
      files.values().forEach(MappedFile::close);
    }
  }
}
