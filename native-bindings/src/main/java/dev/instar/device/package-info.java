/** Accelerators: what a machine has, reported by whichever device modules are on the class path. */
package dev.instar.device;
