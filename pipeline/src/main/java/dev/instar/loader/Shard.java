package dev.instar.loader;

/**
 * One of several processes that share every epoch.
 *
 * @param rank its number, from 0
 * @param ranks how many there are
 */
public record Shard(int rank, int ranks) {
  /** Alone. */
  public static final Shard WHOLE = new Shard(0, 1);

  public Shard {
    if (ranks < 1 || rank < 0 || rank >= ranks) {
      throw new IllegalArgumentException("rank " + rank + " of " + ranks);
    }
  }
}
