package dev.instar.hdf5;

import dev.instar.memory.MappedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HDF5 file opened for reading: mapped, read by Java code alone, checked at every step, so that
 * no damaged file can do worse than an exception.
 *
 * <p>Groups are named by paths that start with {@code /}; only hard links are ever followed, so no
 * path leaves the file or loops. Safe for any number of threads, without a lock. The file must not
 * change while it is open. To write one, see {@link Hdf5Writer}.
 */
public final class Hdf5File implements AutoCloseable {
  private final Path path;
  private final MappedFile map;
  private final FileImage image;
  private final ObjectHeader root;
  private final Map<Long, LinkTable> tables = new ConcurrentHashMap<>();
  private final Map<Path, Hdf5File> siblings = new ConcurrentHashMap<>();

  private Hdf5File(Path path, MappedFile map, FileImage image, ObjectHeader root) {
    this.path = path;
    this.map = map;
    this.image = image;
    this.root = root;
  }

  /**
   * Opens a file.
   *
   * @throws Hdf5Exception if it is no HDF5 file, was cut short, or was not closed by its writer
   */
  public static Hdf5File open(Path path) throws IOException {
    MappedFile map = MappedFile.open(path);
    boolean success = false;
    try {
      Superblock superblock = Superblock.read(path, map);
      ObjectHeader root = ObjectHeader.read(superblock.file(), superblock.root());
      if (!GroupLinks.isGroup(root)) {
        throw superblock.file().damaged("no root group");
      }
      Hdf5File file = new Hdf5File(path, map, superblock.file(), root);
      success = true;
      return file;
    } finally {
      if (!success) {
        map.close();
      }
    }
  }

  /** The file that was opened. */
  public Path path() {
    return path;
  }

  /**
   * The links of a group in the order of their name bytes, none followed. The list is compact (some
   * 15 bytes a link beside its name) and makes each {@link Link} when asked.
   *
   * @throws Hdf5Exception if there is no such group
   */
  public List<Link> links(String group) throws Hdf5Exception {
    return table(group);
  }

  /** Whether {@code path} leads to a group through hard links. */
  public boolean isGroup(String path) throws Hdf5Exception {
    Optional<ObjectHeader> header = find(path);
    return header.isPresent() && GroupLinks.isGroup(header.get());
  }

  /** Whether {@code path} leads to a dataset through hard links. */
  public boolean isDataset(String path) throws Hdf5Exception {
    Optional<ObjectHeader> header = find(path);
    return header.isPresent() && header.get().has(ObjectHeader.LAYOUT);
  }

  /**
   * The dataset that a hard link of a group leads to.
   *
   * @param linkName the name as it stands: neither {@code .} nor {@code ..} nor {@code /} mean
   *     anything in it
   */
  public Hdf5Dataset dataset(String group, String linkName) throws Hdf5Exception {
    Link link = table(group).find(linkName);
    if (link == null) {
      throw new Hdf5Exception(path, "no " + linkName + " in the group " + group);
    }
    return dataset(link);
  }

  /** The dataset that a link of this file leads to, which must be a hard one. */
  public Hdf5Dataset dataset(Link link) throws Hdf5Exception {
    if (link.kind() != Link.Kind.HARD) {
      throw new Hdf5Exception(
          path, link.name() + " is a link that is not followed: " + link.kind());
    }
    return Hdf5Dataset.read(this, link.name(), ObjectHeader.read(image, link.target()));
  }

  /** The dataset at a path of hard links. */
  public Hdf5Dataset datasetAt(String path) throws Hdf5Exception {
    int slash = path.lastIndexOf('/');
    return dataset(path.substring(0, slash + 1), path.substring(slash + 1));
  }

  /**
   * The attributes of the group or dataset at {@code path} by name: a String, Long or Double for a
   * scalar, {@code long[]} or {@code double[]} for an array of numbers. Others are left out.
   *
   * @throws Hdf5Exception if there is no such object
   */
  public Map<String, Object> attributes(String path) throws Hdf5Exception {
    Optional<ObjectHeader> header = find(path);
    if (header.isEmpty()) {
      throw new Hdf5Exception(this.path, "no " + path);
    }
    return Attributes.read(header.get());
  }

  /** A text attribute; empty where it is absent or of another type. */
  public Optional<String> stringAttribute(String path, String name) throws Hdf5Exception {
    return attribute(path, name, String.class);
  }

  /** An integer attribute; empty where it is absent or of another type. */
  public Optional<Long> longAttribute(String path, String name) throws Hdf5Exception {
    return attribute(path, name, Long.class);
  }

  /** A floating-point attribute; empty where it is absent or of another type. */
  public Optional<Double> doubleAttribute(String path, String name) throws Hdf5Exception {
    return attribute(path, name, Double.class);
  }

  private <T> Optional<T> attribute(String path, String name, Class<T> type) throws Hdf5Exception {
    return Optional.ofNullable(attributes(path).get(name)).filter(type::isInstance).map(type::cast);
  }

  private Optional<ObjectHeader> find(String path) throws Hdf5Exception {
    ObjectHeader header = root;
    for (String step : path.split("/")) {
      if (step.isEmpty()) {
        continue;
      }
      Link link = GroupLinks.isGroup(header) ? table(header).find(step) : null;
      if (link == null || link.kind() != Link.Kind.HARD) {
        return Optional.empty();
      }
      header = ObjectHeader.read(image, link.target());
    }
    return Optional.of(header);
  }

  private LinkTable table(String group) throws Hdf5Exception {
    Optional<ObjectHeader> header = find(group);
    if (header.isEmpty() || !GroupLinks.isGroup(header.get())) {
      throw new Hdf5Exception(path, "no group " + group);
    }
    return table(header.get());
  }

  private LinkTable table(ObjectHeader group) throws Hdf5Exception {
    LinkTable known = tables.get(group.address());
    if (known == null) {
      known = GroupLinks.read(group);
      tables.put(group.address(), known);
    }
    return known;
  }

  FileImage image() {
    return image;
  }

  /**
   * The file that a part of a virtual dataset names, beside this one; it is closed with this one.
   */
  Hdf5File sibling(String name) throws IOException {
    if (name.equals(".")) {
      return this;
    }
    Path sibling = path.resolveSibling(name);
    Hdf5File known = siblings.get(sibling);
    if (known != null) {
      return known;
    }
    Hdf5File opened = open(sibling);
    Hdf5File earlier = siblings.putIfAbsent(sibling, opened);
    if (earlier == null) {
      return opened;
    }
    opened.close();
    return earlier;
  }

  /** Ends reading; views of the file that were given out stay valid until they are unreachable. */
  @Override
  public void close() {
    siblings.values().forEach(Hdf5File::close);
    siblings.clear();
    tables.clear();
    map.close();
  }
}
