/**
 * LibTorch's tensors over memory of ours, and files of weights.
 *
 * <p>Files of weights are read without LibTorch, whose own reader of pickles knows too few of them
 * and cannot be trusted with those of strangers. {@link dev.instar.torch.WeightsFile} opens
 * safetensors and both of PyTorch's formats. They are mapped: a tensor that lies in its file as it
 * is wanted stays there, and opening 100 MB takes as long as reading the list of its tensors. A
 * pickle is run by a machine of our own that knows a short list of names as data ({@code
 * PickleGlobal}) and refuses every other one by name, before anything is done with it. Sizes,
 * depths, counts and copies are bounded, so a file of a few bytes cannot take the process down;
 * {@code DamagedWeightsTest} and {@code HostilePickleTest} try.
 *
 * <p>{@link dev.instar.torch.SafetensorsWriter} and {@link dev.instar.torch.TorchArchiveWriter}
 * write what Python opens, atomically and from the tensors' own memory.
 */
package dev.instar.torch;
