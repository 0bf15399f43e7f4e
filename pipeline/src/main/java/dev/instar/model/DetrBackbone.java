package dev.instar.model;

import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The backbone of a detector under the names that a residual network has by itself, so that its
 * weights can be loaded. The tensors are the detector's own, which alone closes and changes them.
 */
record DetrBackbone(Detr detector) implements Trainable {
  @Override
  public List<NamedTensor> state() {
    return detector.state().stream()
        .filter(entry -> entry.name().startsWith(Detr.BACKBONE))
        .map(
            entry ->
                new NamedTensor(
                    entry.name().substring(Detr.BACKBONE.length()),
                    entry.tensor(),
                    entry.parameter()))
        .toList();
  }

  @Override
  public void training(boolean on) {
    detector.training(on);
  }

  @Override
  public void to(Device device, ScalarType type) {
    detector.to(device, type);
  }

  @Override
  public void channelsLast(boolean on) {
    detector.channelsLast(on);
  }

  @Override
  public List<List<String>> layers() {
    return List.of();
  }

  @Override
  public void close() {}
}
