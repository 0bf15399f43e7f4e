package dev.instar.image;

final class JavaResamplerTest extends ResamplerContract {
  @Override
  Resampler newResampler() {
    return new JavaResampler();
  }
}
