package dev.instar.torch;

import dev.instar.image.InputException;

/** A value out of a pickle that a later step of the pickle completes. */
interface PickledState {
  /** Takes what Python's {@code __setstate__} would be given. */
  void restore(Object state, Allowance allowance) throws InputException;
}
