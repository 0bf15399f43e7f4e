package dev.instar.model;

import org.bytedeco.pytorch.Tensor;

/**
 * One entry of a network's state.
 *
 * @param name as in PyTorch's {@code state_dict}
 * @param tensor the network's own; it is changed in place
 * @param parameter whether it is trained; if not it is a buffer, such as a running mean
 */
public record NamedTensor(String name, Tensor tensor, boolean parameter) {}
