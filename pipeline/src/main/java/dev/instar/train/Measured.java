package dev.instar.train;

import java.util.Map;

/** What the validation set says of a network after an epoch. A record, which Jackson reads back. */
public interface Measured {
  /** The epoch that the network had finished, from 0. */
  int epoch();

  /** What TensorBoard shows, by name. */
  Map<String, Double> scalars();

  /** What a person reads at the end of the epoch. */
  String sentence();
}
