/** NVIDIA GPUs: what is there and what is missing. */
package dev.instar.cuda;
