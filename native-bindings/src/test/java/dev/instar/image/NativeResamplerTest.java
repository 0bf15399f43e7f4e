package dev.instar.image;

final class NativeResamplerTest extends ResamplerContract {
  @Override
  Resampler newResampler() {
    NativeCoreAssumption.check();
    return new NativeResampler();
  }
}
