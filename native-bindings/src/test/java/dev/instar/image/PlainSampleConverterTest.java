package dev.instar.image;

final class PlainSampleConverterTest extends SampleConverterContract {
  @Override
  SampleConverter newConverter(BatchFormat format) {
    return Codecs.OPENCV.newSampleConverter(format);
  }

  @Override
  Codecs codecs() {
    return Codecs.OPENCV;
  }
}
