package dev.instar.image;

final class ScalarCoreSampleConverterTest extends SampleConverterContract {
  @Override
  SampleConverter newConverter(BatchFormat format) {
    NativeCoreAssumption.check();
    return new CoreSampleConverter(format, NativeCore.SCALAR);
  }

  @Override
  Codecs codecs() {
    return Codecs.CORE;
  }
}
