package dev.instar.memory;

/**
 * The native addresses of a mapped file's bytes. The file stays mapped for as long as this is
 * reachable, closed or not, so whoever hands an address to native code holds on to this meanwhile.
 *
 * <p>Nothing is allocated. Any number of threads may ask.
 */
public final class MappedAddresses {
  private final Bytes[] windows;
  private final long size;
  private final long step;

  MappedAddresses(Bytes[] windows, long size, long step) {
    this.windows = windows;
    this.size = size;
    this.step = step;
  }

  /**
   * The address of the byte at {@code offset}, from which {@code length} bytes lie in a row.
   *
   * @throws IndexOutOfBoundsException if the stretch leaves the file, or is longer than {@link
   *     MappedFile#LONGEST_VIEW}
   */
  public long of(long offset, int length) {
    if (offset < 0 || length < 0 || length > MappedFile.LONGEST_VIEW || offset > size - length) {
      throw new IndexOutOfBoundsException(
          length + " bytes at " + offset + " of a file of " + size + " bytes");
    }
    if (length == 0) {
      return 0;
    }
    int window = (int) (offset / step);
    return windows[window].address() + (offset - window * step);
  }
}
