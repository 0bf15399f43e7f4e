package dev.instar.image;

final class ScalarNativeResamplerTest extends ResamplerContract {
  @Override
  Resampler newResampler() {
    NativeCoreAssumption.check();
    return new NativeResampler(NativeCore.SCALAR);
  }
}
