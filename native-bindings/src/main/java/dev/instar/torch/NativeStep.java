package dev.instar.torch;

import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Platform;

/**
 * The functions of {@code optimizer_step.h}, which documents them. They are in the native core's
 * library; {@link FusedStep} sees to it that it is loaded.
 */
@Platform(include = "optimizer_step.h", library = "jniInstarCore")
final class NativeStep {
  private NativeStep() {}

  static native int instar_step_available();

  static native void instar_sgd_step(
      @Cast("const instar_parameter*") long parameters,
      int count,
      float momentum,
      int nesterov,
      int threads);

  static native void instar_adamw_step(
      @Cast("const instar_parameter*") long parameters,
      int count,
      float share1,
      float beta2,
      float share2,
      float epsilon,
      int threads);
}
