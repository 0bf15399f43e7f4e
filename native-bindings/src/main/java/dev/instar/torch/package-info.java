/** LibTorch's tensors over memory of ours, and files of weights. */
package dev.instar.torch;
