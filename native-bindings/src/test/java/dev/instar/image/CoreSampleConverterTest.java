package dev.instar.image;

final class CoreSampleConverterTest extends SampleConverterContract {
  @Override
  SampleConverter newConverter(BatchFormat format) {
    NativeCoreAssumption.check();
    return Codecs.CORE.newSampleConverter(format);
  }

  @Override
  Codecs codecs() {
    return Codecs.CORE;
  }
}
